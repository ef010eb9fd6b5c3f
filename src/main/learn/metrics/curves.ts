import type { ClassCurves } from '#shared/domain/evaluation.ts'
import { rankingSteps, type RankingStep } from './ranking.ts'

/** Points of a curve at most. */
const POINTS = 200
/** Groups of a calibration curve. */
const GROUPS = 10

/** At most `limit` of the points, spread evenly along `position` (which never falls); the first and the last always stay. */
export function thin<P extends object>(points: readonly P[], position: (point: P) => number, limit: number = POINTS): P[] {
  const [first, last] = [points[0], points.at(-1)]
  if (points.length <= limit || first === undefined || last === undefined) return [...points]
  const start = position(first)
  const stride = (position(last) - start) / (limit - 2)
  const kept = [first]
  let next = start + stride
  for (const point of points.slice(1, -1)) {
    if (position(point) < next) continue
    kept.push(point)
    next = start + (Math.floor((position(point) - start) / stride) + 1) * stride
  }
  return [...kept.slice(0, limit - 1), last]
}

function rocPoints(steps: readonly RankingStep[], positives: number, negatives: number): ClassCurves['roc'] {
  const points = steps.map(({ threshold, truePositives, falsePositives }) => ({
    threshold,
    falsePositiveRate: falsePositives / negatives,
    truePositiveRate: truePositives / positives,
  }))
  return thin(
    [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }, ...points],
    (point) => point.falsePositiveRate + point.truePositiveRate,
  )
}

function precisionRecallPoints(steps: readonly RankingStep[], positives: number): ClassCurves['precisionRecall'] {
  const points = steps.map(({ threshold, truePositives, falsePositives }) => ({
    threshold,
    recall: truePositives / positives,
    precision: truePositives / (truePositives + falsePositives),
  }))
  // After the last positive row only precision falls.
  const complete = points.findIndex((point) => point.recall === 1)
  return thin([{ threshold: null, recall: 0, precision: 1 }, ...points.slice(0, complete + 1)], (point) => point.recall)
}

/** Groups of about equal size by score; rows of one score stay together. `predicted` is the mean score, `observed` the part of positives. */
export function calibrationPoints(positive: Uint8Array, score: Float64Array, groups: number = GROUPS): ClassCurves['calibration'] {
  const order = Uint32Array.from(score, (_value, row) => row).sort((a, b) => (score[a] as number) - (score[b] as number))
  const points: ClassCurves['calibration'] = []
  let [sum, hits, rows] = [0, 0, 0]
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number
    sum += score[row] as number
    hits += positive[row] as number
    rows++
    const following = order[i + 1]
    const full = i + 1 >= (order.length * (points.length + 1)) / groups
    if (following !== undefined && (!full || score[following] === score[row])) continue
    points.push({ predicted: Math.min(1, sum / rows), observed: hits / rows, rows })
    ;[sum, hits, rows] = [0, 0, 0]
  }
  return points
}

function gainPoints(steps: readonly RankingStep[], positives: number, rows: number): ClassCurves['gain'] {
  const points = steps.map(({ truePositives, falsePositives }) => ({ share: (truePositives + falsePositives) / rows, captured: truePositives / positives }))
  return thin([{ share: 0, captured: 0 }, ...points], (point) => point.share)
}

/** Part of the class among the first `share` of the rows, on the straight line between the points of a gain curve; 0 … 1. */
export function capturedAt(gain: ClassCurves['gain'], share: number): number {
  const next = gain.findIndex((point) => point.share >= share)
  const [below, above] = [gain[next - 1], gain[next]]
  if (above === undefined) return 1
  if (below === undefined) return above.captured
  const along = above.share === below.share ? 1 : (share - below.share) / (above.share - below.share)
  return below.captured + along * (above.captured - below.captured)
}

/** Mean distance of what was said and what was so, over the groups of a calibration curve by their rows (Naeini et al. 2015). */
export function calibrationError(points: ClassCurves['calibration']): number {
  const rows = points.reduce((sum, point) => sum + point.rows, 0)
  return points.reduce((sum, { predicted, observed, rows: own }) => sum + Math.abs(predicted - observed) * (own / rows), 0)
}

/** ROC, precision-recall, calibration and gain points of one class against the rest; undefined where the rows are all of it or none. */
export function classCurves(name: string, positive: Uint8Array, score: Float64Array): ClassCurves | undefined {
  const steps = rankingSteps(positive, score)
  const { truePositives = 0, falsePositives = 0 } = steps.at(-1) ?? {}
  if (truePositives === 0 || falsePositives === 0) return undefined
  return {
    class: name,
    roc: rocPoints(steps, truePositives, falsePositives),
    precisionRecall: precisionRecallPoints(steps, truePositives),
    calibration: calibrationPoints(positive, score),
    gain: gainPoints(steps, truePositives, positive.length),
  }
}
