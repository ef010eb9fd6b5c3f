import type { Rng } from '../../base/rng.ts'
import { quantileInPlace } from '../../base/statistics.ts'
import type { Prediction, Target } from '../../table/matrix.ts'
import type { Metric, RowWeights } from './metric.ts'

const RESAMPLES = 300
/** Rows drawn from at most; the interval of more rows follows from that of a part. */
const ROWS = 100_000

/** The interval that holds the metric of 95 of 100 such sets of rows. */
export type Interval = { readonly low: number; readonly high: number; readonly resamples: number }

/** Some rows and what a model says of them. */
export type Predicted = { readonly target: Target; readonly prediction: Prediction }

function rowsOf(target: Target): number {
  return target.kind === 'classes' ? target.codes.length : target.values.length
}

/** Rows `index` of a target and its prediction, in that order. */
export function takeRows({ target, prediction }: Predicted, index: Int32Array): Predicted {
  if (target.kind === 'numbers' || prediction.kind === 'numbers') {
    if (target.kind !== prediction.kind) throw new Error('Target and prediction are not of one kind')
    const pick = (values: Float64Array): Float64Array => Float64Array.from(index, (row) => values[row] as number)
    return { target: { kind: 'numbers', values: pick((target as { values: Float64Array }).values) }, prediction: { kind: 'numbers', values: pick((prediction as { values: Float64Array }).values) } }
  }
  const width = prediction.classes.length
  const probabilities = new Float64Array(index.length * width)
  index.forEach((row, i) => {
    probabilities.set(prediction.probabilities.subarray(row * width, (row + 1) * width), i * width)
  })
  return { target: { ...target, codes: index.map((row) => target.codes[row] as number) }, prediction: { ...prediction, probabilities } }
}

/** A simple random part of the rows, in order. */
function part(predicted: Predicted, total: number, rows: number, rng: Rng): Predicted {
  return takeRows(predicted, rng.shuffle(Int32Array.from({ length: total }, (_, row) => row)).slice(0, rows).sort())
}

function drawWeights(weights: RowWeights, rng: Rng): void {
  weights.fill(0)
  for (let draw = 0; draw < weights.length; draw++) {
    const row = rng.below(weights.length)
    weights[row] = (weights[row] as number) + 1
  }
}

/**
 * 95 % intervals of metrics by the percentile bootstrap over rows (Efron 1979), the same resamples for all. Above 100,000 rows it resamples a random part
 * of that many and narrows the intervals around the metrics of all rows by √(part / rows). A metric is left out where fewer than half of the resamples define it.
 */
export function bootstrapIntervals(metrics: readonly Metric[], predicted: Predicted, rng: Rng, throwIfAborted: () => void = () => {}): Readonly<Record<string, Interval>> {
  const total = rowsOf(predicted.target)
  if (total < 2) return {}
  const drawn = total > ROWS ? part(predicted, total, ROWS, rng.fork('part')) : predicted
  const prepared = metrics.map((metric) => ({ metric, of: metric.prepare(drawn.target, drawn.prediction), found: [] as number[] }))
  const weights = new Uint16Array(Math.min(total, ROWS))
  for (let resample = 0; resample < RESAMPLES; resample++) {
    throwIfAborted()
    drawWeights(weights, rng)
    for (const { of, found } of prepared) {
      const value = of(weights)
      if (value !== undefined && Number.isFinite(value)) found.push(value)
    }
  }
  const narrow = Math.sqrt(weights.length / total)
  return Object.fromEntries(
    prepared.flatMap(({ metric, of, found }): [string, Interval][] => {
      const [own, all] = [of(), narrow === 1 ? of() : metric.compute(predicted.target, predicted.prediction)]
      if (own === undefined || all === undefined || found.length < RESAMPLES / 2) return []
      const bound = (q: number): number => all + (quantileInPlace(Float64Array.from(found), q) - own) * narrow
      return [[metric.id, { low: bound(0.025), high: bound(0.975), resamples: found.length }]]
    }),
  )
}
