import type { EvaluationReport } from '#shared/domain/evaluation.ts'

type Classification = Extract<EvaluationReport['detail'], { kind: 'classification' }>

/** Test rows called right and wrong when every row from a probability upwards counts as the positive class. */
export type ThresholdPoint = {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** The test rows of two classes by probability. */
export type Thresholds = {
  readonly positive: string
  readonly negative: string
  readonly positives: number
  readonly negatives: number
  /** By descending threshold, from "no row" to "every row". */
  readonly points: readonly ThresholdPoint[]
}

/** What a false alarm and a miss cost, in one unit. */
export type Costs = { readonly falsePositive: number; readonly falseNegative: number }

/** Predictions use this threshold. */
export const USUAL_THRESHOLD = 0.5

/** Counts at the thresholds of the ROC curve and of the table; undefined unless two classes were evaluated. */
export function thresholdsOf(detail: EvaluationReport['detail']): Thresholds | undefined {
  if (detail.kind !== 'classification' || detail.thresholds.length === 0) return undefined
  const [curve] = detail.curves
  const [negative, positive] = detail.classes
  if (curve === undefined || negative === undefined || positive === undefined) return undefined
  return countsOf(curve.roc, detail.thresholds, { positive, negative })
}

function countsOf(roc: Classification['curves'][number]['roc'], table: readonly ThresholdPoint[], { positive, negative }: { readonly positive: Classification['classes'][number]; readonly negative: Classification['classes'][number] }): Thresholds {
  const points = roc.map(({ threshold, truePositiveRate, falsePositiveRate }): ThresholdPoint => {
    const truePositives = Math.round(truePositiveRate * positive.testRows)
    const falsePositives = Math.round(falsePositiveRate * negative.testRows)
    return { threshold: threshold ?? 1, truePositives, falsePositives, falseNegatives: positive.testRows - truePositives, trueNegatives: negative.testRows - falsePositives }
  })
  // The curve leaves points out; the table has the usual threshold and others to the row.
  const exact = table.map(({ threshold, truePositives, falsePositives, falseNegatives, trueNegatives }): ThresholdPoint => ({ threshold, truePositives, falsePositives, falseNegatives, trueNegatives }))
  const all = [...points, ...exact].toSorted((a, b) => b.threshold - a.threshold || a.truePositives - b.truePositives || a.falsePositives - b.falsePositives)
  return { positive: positive.name, negative: negative.name, positives: positive.testRows, negatives: negative.testRows, points: all }
}

/** What the rows called wrong cost. */
export function costOf({ falsePositives, falseNegatives }: ThresholdPoint, { falsePositive, falseNegative }: Costs): number {
  return falsePositives * falsePositive + falseNegatives * falseNegative
}

/** The rows called right and wrong at a threshold: as at the lowest threshold of the curve that is not below it. */
export function pointAt({ points, positives, negatives }: Thresholds, threshold: number): ThresholdPoint {
  const found = points.findLast((point) => point.threshold >= threshold)
  return { ...(found ?? { truePositives: 0, falsePositives: 0, falseNegatives: positives, trueNegatives: negatives }), threshold }
}

/** The threshold of the curve at which mistakes cost least; of equal ones the one nearest to the usual. */
export function cheapest({ points }: Thresholds, costs: Costs): ThresholdPoint | undefined {
  return points.reduce<ThresholdPoint | undefined>((best, point) => {
    if (best === undefined) return point
    const gain = costOf(best, costs) - costOf(point, costs)
    return gain > 0 || (gain === 0 && Math.abs(point.threshold - USUAL_THRESHOLD) < Math.abs(best.threshold - USUAL_THRESHOLD)) ? point : best
  }, undefined)
}

/** Rows of each class by probability, in `bins` parts of 0 … 1, as exactly as the points of the curve say it. */
export function probabilityBins({ points }: Thresholds, bins: number): { readonly positives: readonly number[]; readonly negatives: readonly number[] } {
  const positives = Array.from({ length: bins }, () => 0)
  const negatives = Array.from({ length: bins }, () => 0)
  points.forEach((point, at) => {
    const before = points[at - 1]
    if (before === undefined) return
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(point.threshold * bins)))
    positives[bin] = (positives[bin] ?? 0) + point.truePositives - before.truePositives
    negatives[bin] = (negatives[bin] ?? 0) + point.falsePositives - before.falsePositives
  })
  return { positives, negatives }
}

/** Share of the rows called positive that are so; undefined where none is. */
export function precisionOf({ truePositives, falsePositives }: ThresholdPoint): number | undefined {
  return truePositives + falsePositives === 0 ? undefined : truePositives / (truePositives + falsePositives)
}

/** Share of the positive rows that are called so; undefined where there is none. */
export function recallOf({ truePositives, falseNegatives }: ThresholdPoint): number | undefined {
  return truePositives + falseNegatives === 0 ? undefined : truePositives / (truePositives + falseNegatives)
}
