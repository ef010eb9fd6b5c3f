import type { Target } from '../../../table/matrix.ts'
import { classWeightsOf, weightsOfNumbers, type ClassWeight } from '../class-weights.ts'
import { standardiseTarget } from './standardised-target.ts'

/** A target made ready for kernel `startTree`. */
export type ForestTarget = {
  readonly classes: readonly string[]
  /** Share of each class by weight; empty for regression. */
  readonly shares: readonly number[]
  readonly weights: Float64Array
  readonly weighted: boolean
  readonly mean: number
  readonly deviation: number
  /** Class, or standardised number in steps of `unit`, per row. */
  readonly codes: Int32Array
  readonly unit: number
}

const STEPS = 2 ** 30 // a sum over 2^26 rows, drawn 63 times each, stays within 2^63

/** Makes a target ready; throws `invalid-data` with the row where a number is not finite. */
export function forestTarget(target: Target, classWeight: ClassWeight): ForestTarget {
  if (target.kind === 'numbers') {
    if (classWeight !== 'none') throw weightsOfNumbers()
    const { mean, deviation, values } = standardiseTarget(target.values)
    const unit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / STEPS || 1
    return { classes: [], shares: [], weights: new Float64Array(), weighted: false, mean, deviation, codes: Int32Array.from(values, (value) => Math.round(value / unit)), unit }
  }
  const { codes, classes } = target
  const given = classWeightsOf(classWeight, codes, classes)
  const weights = given ?? new Float64Array(classes.length).fill(1)
  const counts = new Float64Array(classes.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const total = counts.reduce((sum, count, k) => sum + count * (weights[k] as number), 0)
  const shares = [...counts].map((count, k) => (count * (weights[k] as number)) / total)
  return { classes, shares, weights, weighted: given !== undefined, mean: 0, deviation: 1, codes, unit: 1 }
}
