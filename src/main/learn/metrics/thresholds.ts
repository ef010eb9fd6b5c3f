import type { ThresholdRow } from '#shared/domain/evaluation.ts'
import { rankingSteps, type RankingStep } from './ranking.ts'

/** What a mistake of each kind costs, in any one unit; a right answer costs nothing. */
export type MistakeCosts = { readonly falsePositive: number; readonly falseNegative: number }

/** Thresholds that every table has. */
const GRID = Array.from({ length: 19 }, (_, index) => (index + 1) / 20)
/** The one that `prediction` uses. */
const DEFAULT = 0.5

type Counts = { readonly positives: number; readonly negatives: number }

function rowOf(threshold: number, step: RankingStep | undefined, { positives, negatives }: Counts, costs: MistakeCosts | undefined, marks: readonly string[]): ThresholdRow {
  const { truePositives, falsePositives } = step ?? { truePositives: 0, falsePositives: 0 }
  const falseNegatives = positives - truePositives
  const called = truePositives + falsePositives
  return {
    threshold,
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: negatives - falsePositives,
    precision: called === 0 ? null : truePositives / called,
    recall: truePositives / positives,
    specificity: (negatives - falsePositives) / negatives,
    f1: (2 * truePositives) / (called + positives),
    ...(costs === undefined ? {} : { cost: falsePositives * costs.falsePositive + falseNegatives * costs.falseNegative }),
    marks: [...marks],
  }
}

/** The first of the steps with the greatest value. */
function best(steps: readonly RankingStep[], value: (step: RankingStep) => number): RankingStep | undefined {
  let [found, most] = [steps[0], -Infinity]
  for (const step of steps) {
    const own = value(step)
    if (own > most) [found, most] = [step, own]
  }
  return found
}

/** The last step whose rows all reach the threshold. */
function stepAt(steps: readonly RankingStep[], threshold: number): RankingStep | undefined {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] as RankingStep).threshold >= threshold) low = middle + 1
    else high = middle
  }
  return steps[low - 1]
}

/**
 * What calling rows from a probability upwards positive gives, at every twentieth and where F1, recall + specificity (Youden 1950) or the cost is best; ascending.
 * Empty where the rows are all positive or none is.
 */
export function thresholdTable(positive: Uint8Array, score: Float64Array, costs?: MistakeCosts): ThresholdRow[] {
  const steps = rankingSteps(positive, score)
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = steps.at(-1) ?? {}
  if (positives === 0 || negatives === 0) return []
  const counts = { positives, negatives }
  const marked: readonly (readonly [string, RankingStep | undefined])[] = [
    ['best F1', best(steps, ({ truePositives, falsePositives }) => (2 * truePositives) / (truePositives + falsePositives + positives))],
    ['best recall + specificity', best(steps, ({ truePositives, falsePositives }) => truePositives / positives - falsePositives / negatives)],
    ...(costs === undefined
      ? []
      : [['least cost', best(steps, (step) => -(step.falsePositives * costs.falsePositive + (positives - step.truePositives) * costs.falseNegative))] as const]),
  ]
  const thresholds = new Map<number, string[]>(GRID.map((threshold) => [threshold, threshold === DEFAULT ? ['used for predictions'] : []]))
  for (const [mark, step] of marked) if (step !== undefined) thresholds.set(step.threshold, [...(thresholds.get(step.threshold) ?? []), mark])
  return [...thresholds].toSorted(([a], [b]) => a - b).map(([threshold, marks]) => rowOf(threshold, stepAt(steps, threshold), counts, costs, marks))
}
