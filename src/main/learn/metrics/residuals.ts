import type { RegressionDetail } from '#shared/domain/evaluation.ts'
import { meanAndDeviation, quantileInPlace } from '../../base/statistics.ts'

/** Bars of the histogram. */
const BARS = 30
const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const

function histogram(values: Float64Array, low: number, high: number): { edges: number[]; counts: number[] } {
  const bars = low === high ? 1 : BARS
  const counts = new Array<number>(bars).fill(0)
  const unit = (high / 2 - low / 2) * 2 // halves first: the distance of ±1e308 overflows
  const width = Math.min(unit, Number.MAX_VALUE) / bars
  for (const value of values) {
    const bar = low === high ? 0 : Math.min(bars - 1, Math.max(0, Math.floor(value / width - low / width)))
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  const edges = Array.from({ length: bars + 1 }, (_, i) => (i === bars ? high : low + width * i))
  return { edges, counts }
}

/** Residuals (truth − prediction) in a few numbers; at least one row. */
export function summariseResiduals(truth: Float64Array, guess: Float64Array): RegressionDetail['residuals'] {
  const limit = Number.MAX_VALUE
  const residuals = truth.map((value, row) => Math.min(limit, Math.max(-limit, value - (guess[row] as number))))
  const { mean, deviation } = meanAndDeviation(residuals)
  const quantiles = QUANTILES.map((q) => ({ q, value: quantileInPlace(residuals, q) }))
  const [low, high] = [quantiles[0]?.value ?? 0, quantiles.at(-1)?.value ?? 0]
  return { mean, deviation: Math.min(deviation, limit), quantiles, histogram: histogram(residuals, low, high) }
}
