import { MillraceError } from '#shared/errors.ts'
import type { Target } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
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
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: 'The target holds a value that is not a finite number',
      message: `Row ${bad + 1} of the training rows has the target ${values[bad]}.`,
      nextStep: 'Correct or remove the row, or mark the value as missing in prepare/clean.',
      details: { row: bad + 1, value: String(values[bad]) },
    })
  }
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1 // keeps squares finite
  const mean = values.reduce((sum, value) => sum + value / size, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value / size - mean) ** 2, 0) / values.length
  const deviation = Math.sqrt(variance) || 1
  const target = Float32Array.from(values, (value) => (value / size - mean) / deviation)
  const meanError = target.reduce((sum, value) => sum + Math.abs(value), 0) / target.length
  return {
    classes: [],
    start: [0],
    mean: mean * size,
    deviation: deviation * size,
    target,
    groups: undefined,
    createLoss: (pool, rows) => squaredLoss(pool, rows, meanError),
  }
}
