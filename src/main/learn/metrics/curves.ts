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

/** ROC, precision-recall and calibration points of one class against the rest; undefined where the rows are all of it or none. */
export function classCurves(name: string, positive: Uint8Array, score: Float64Array): ClassCurves | undefined {
  const steps = rankingSteps(positive, score)
  const { truePositives = 0, falsePositives = 0 } = steps.at(-1) ?? {}
  if (truePositives === 0 || falsePositives === 0) return undefined
  return {
    class: name,
    roc: rocPoints(steps, truePositives, falsePositives),
    precisionRecall: precisionRecallPoints(steps, truePositives),
    calibration: calibrationPoints(positive, score),
  }
}
