import { isClassification, type Task } from '#shared/domain/task.ts'
import type { Rng } from '../../base/rng.ts'
import { quantileInPlace } from '../../base/statistics.ts'
import type { Prediction, Target } from '../../table/matrix.ts'
import { classView, numberView, oneClass, POSITIVE } from './metric.ts'

const RESAMPLES = 300
/** Rows drawn from at most; the interval of more rows follows from that of a part. */
const ROWS = 100_000

/** A metric of rows that count `weights[row]` times each. */
type Weighted = (weights: Uint16Array) => number | undefined

function weightedMean(values: Float64Array, finish: (mean: number) => number): Weighted {
  return (weights) => {
    let [sum, count] = [0, 0]
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row] as number
      sum += weight * (values[row] as number)
      count += weight
    }
    return count === 0 ? undefined : finish(sum / count)
  }
}

function weightedRocArea(positive: Uint8Array, score: Float64Array): Weighted {
  const order = Uint32Array.from(score, (_value, row) => row).sort((a, b) => (score[a] as number) - (score[b] as number))
  return (weights) => {
    let [area, positives, negatives, tiedPositives, tiedNegatives] = [0, 0, 0, 0, 0]
    for (let i = 0; i < order.length; i++) {
      const row = order[i] as number
      const weight = weights[row] as number
      if (positive[row] === 1) tiedPositives += weight
      else tiedNegatives += weight
      const next = order[i + 1]
      if (next !== undefined && score[next] === score[row]) continue
      area += tiedPositives * (negatives + tiedNegatives / 2)
      positives += tiedPositives
      negatives += tiedNegatives
      ;[tiedPositives, tiedNegatives] = [0, 0]
    }
    return positives === 0 || negatives === 0 ? undefined : area / (positives * negatives)
  }
}

function weightedPrimary(task: Task, target: Target, prediction: Prediction): Weighted {
  if (!isClassification(task)) {
    const { truth, guess } = numberView(target, prediction)
    return weightedMean(truth.map((value, row) => (value - (guess[row] as number)) ** 2), Math.sqrt)
  }
  const view = classView(target, prediction)
  if (task === 'multiclass-classification') {
    return weightedMean(Float64Array.from(view.truth, (truth, row) => (truth === view.guess[row] ? 1 : 0)), (mean) => mean)
  }
  const { positive, score } = oneClass(view, POSITIVE)
  return weightedRocArea(positive, score)
}

function drawWeights(rows: number, total: number, rng: Rng, weights: Uint16Array): void {
  weights.fill(0)
  for (let draw = 0; draw < rows; draw++) {
    const row = rng.below(total)
    weights[row] = (weights[row] as number) + 1
  }
}

/**
 * 95 % interval of the task's primary metric by the percentile bootstrap over rows (Efron 1979). Above 100,000 rows it draws that many and narrows the
 * interval by √(drawn / rows) (m out of n). Undefined where fewer than half of the resamples define the metric.
 */
export function bootstrapInterval(
  task: Task,
  target: Target,
  prediction: Prediction,
  rng: Rng,
  throwIfAborted: () => void = () => {},
): { low: number; high: number; resamples: number } | undefined {
  const total = target.kind === 'classes' ? target.codes.length : target.values.length
  const statistic = weightedPrimary(task, target, prediction)
  const weights = new Uint16Array(total)
  const value = statistic(weights.fill(1))
  if (total < 2 || value === undefined) return undefined
  const drawn = Math.min(total, ROWS)
  const found: number[] = []
  for (let resample = 0; resample < RESAMPLES; resample++) {
    throwIfAborted()
    drawWeights(drawn, total, rng, weights)
    const resampled = statistic(weights)
    if (resampled !== undefined && Number.isFinite(resampled)) found.push(resampled)
  }
  if (found.length < RESAMPLES / 2) return undefined
  const narrow = Math.sqrt(drawn / total)
  const bound = (q: number): number => value + (quantileInPlace(Float64Array.from(found), q) - value) * narrow
  return { low: bound(0.025), high: bound(0.975), resamples: found.length }
}
