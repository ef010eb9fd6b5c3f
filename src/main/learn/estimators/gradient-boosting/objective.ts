import type { Target } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { standardiseTarget } from '../trees/standardised-target.ts'
import { logisticLoss, softmaxLoss, squaredLoss, type Loss } from './loss.ts'

/** A target made ready for boosting. */
export type Objective = {
  readonly classes: readonly string[]
  /** Raw score before the first tree, per output. */
  readonly start: readonly number[]
  /** Regression: prediction = mean + deviation × raw score. */
  readonly mean: number
  readonly deviation: number
  /** Per row: f32 (binary 0 or 1, regression standardised) or i32 class. */
  readonly target: Float32Array | Int32Array
  /** Group of each row that a held-out part must represent; undefined for numbers. */
  readonly groups: Int32Array | undefined
  readonly createLoss: (pool: KernelPool, rows: number) => Loss
}

/** Chooses the loss for a target: log loss for two classes, softmax for more, squared error for numbers. */
export function objectiveOf(target: Target): Objective {
  if (target.kind === 'numbers') return numbersObjective(target.values)
  const { codes, classes } = target
  const counts = new Float64Array(classes.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  // A class without rows keeps half a row, so that its logarithm is finite.
  const shares = [...counts].map((count) => Math.max(count, 0.5) / codes.length)
  const common = { classes, mean: 0, deviation: 1, groups: codes }
  if (classes.length > 2) {
    return {
      ...common,
      start: shares.map((share) => Math.fround(Math.log(share))),
      target: codes,
      createLoss: (pool, rows) => softmaxLoss(pool, rows, classes.length),
    }
  }
  return {
    ...common,
    start: [Math.fround(Math.log((shares[1] ?? 0.5 / codes.length) / (shares[0] as number)))],
    target: Float32Array.from(codes),
    createLoss: logisticLoss,
  }
}

function numbersObjective(values: Float64Array): Objective {
  const { mean, deviation, values: target } = standardiseTarget(values)
  const meanError = target.reduce((sum, value) => sum + Math.abs(value), 0) / target.length
  return {
    classes: [],
    start: [0],
    mean,
    deviation,
    target,
    groups: undefined,
    createLoss: (pool, rows) => squaredLoss(pool, rows, meanError),
  }
}
