import { MillraceError } from '#shared/errors.ts'
import type { Target } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { classWeightsOf, weightsOfNumbers } from '../class-weights.ts'
import { refuseUnless, standardiseTarget } from '../trees/standardised-target.ts'
import { slopeLoss, tweedieLoss } from './loss-numbers.ts'
import { logisticLoss, softmaxLoss, squaredLoss, type Loss } from './loss.ts'
import type { BoostingParams } from './params.ts'
import { quantileOf } from './refit-leaves.ts'

/** A target made ready for boosting. */
export type Objective = {
  /** What is minimised, in words, where it is not the usual loss of the task. */
  readonly name: string | undefined
  readonly classes: readonly string[]
  /** Raw score before the first tree, per output. */
  readonly start: readonly number[]
  /** Regression: prediction = mean + deviation × raw score; with link `log`: mean · e^raw score. */
  readonly mean: number
  readonly deviation: number
  readonly link: 'identity' | 'log'
  /** True where rows count by class. */
  readonly weighted: boolean
  /** Per row: f32 (binary 0 or 1, regression standardised) or i32 class. */
  readonly target: Float32Array | Int32Array
  /** Other rows in the form of `target`; throws where the loss is not defined for them. */
  readonly ready: (others: Target) => Float32Array | Int32Array
  /** Group of each row that a held-out part must represent; undefined for numbers. */
  readonly groups: Int32Array | undefined
  /** Leaves take this quantile of what is left to explain; undefined: a Newton step. */
  readonly refit: number | undefined
  readonly createLoss: (pool: KernelPool, rows: number) => Loss
}

/** An objective and the direction per column in which predictions may move; undefined: any. */
export type Constrained = Objective & { readonly directions: readonly number[] | undefined }

/** Chooses the loss for a target: log loss for two classes, softmax for more, squared error for numbers unless `objective` names another. */
export function objectiveOf(target: Target, params: BoostingParams): Objective {
  if (target.kind === 'numbers') {
    if (params.classWeight !== 'none') throw weightsOfNumbers()
    return numbersObjective(target.values, params)
  }
  if (params.objective !== 'auto') {
    throw mismatch(`objective "${params.objective}" is for numbers`, 'The target is a class; classes are always learnt by their log loss.', 'Remove objective, or make the task a regression.')
  }
  const { codes, classes } = target
  const weights = classWeightsOf(params.classWeight, codes, classes)
  const counts = new Float64Array(classes.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  // A class without rows keeps half a row, so that its logarithm is finite.
  const shares = [...counts].map((count, k) => (Math.max(count, 0.5) * (weights?.[k] ?? 1)) / codes.length)
  const common = { name: undefined, classes, mean: 0, deviation: 1, link: 'identity', weighted: weights !== undefined, groups: codes, refit: undefined } as const
  if (classes.length > 2) {
    return {
      ...common,
      start: shares.map((share) => Math.fround(Math.log(share))),
      target: codes,
      ready: codesOf,
      createLoss: (pool, rows) => softmaxLoss(pool, rows, classes.length, weights),
    }
  }
  return {
    ...common,
    start: [Math.fround(Math.log((shares[1] ?? 0.5 / codes.length) / (shares[0] as number)))],
    target: Float32Array.from(codes),
    ready: (others) => Float32Array.from(codesOf(others)),
    createLoss: (pool, rows) => logisticLoss(pool, rows, weights),
  }
}

function codesOf(target: Target): Int32Array {
  if (target.kind === 'classes') return target.codes
  throw new Error('Classes were learnt, and numbers are to be judged by')
}

function valuesOf(target: Target): Float64Array {
  if (target.kind === 'numbers') return target.values
  throw new Error('Numbers were learnt, and classes are to be judged by')
}

function mismatch(headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message, nextStep })
}

function numbersObjective(values: Float64Array, params: BoostingParams): Objective {
  const { objective } = params
  if (objective === 'poisson') return deviance(values, 1, 'Poisson deviance')
  if (objective === 'gamma') return deviance(values, 2, 'gamma deviance')
  if (objective === 'tweedie') return deviance(values, params.tweediePower, `Tweedie deviance of power ${params.tweediePower}`)
  const { mean, deviation, values: target } = standardiseTarget(values)
  const standardised = (others: Target): Float32Array => Float32Array.from(valuesOf(others), (value) => (value - mean) / deviation)
  const common = { classes: [], mean, deviation, link: 'identity', weighted: false, target, groups: undefined, ready: standardised } as const
  if (objective === 'absolute' || objective === 'quantile') {
    const quantile = objective === 'absolute' ? 0.5 : params.quantile
    const slopes = objective === 'absolute' ? { below: -1, above: 1 } : { below: -quantile, above: 1 - quantile }
    return {
      ...common,
      name: objective === 'absolute' ? 'absolute error' : `error of the ${quantile} quantile`,
      start: [Math.fround(quantileOf(target.toSorted(), quantile))],
      refit: quantile,
      createLoss: (pool, rows) => slopeLoss(pool, rows, slopes),
    }
  }
  const meanError = target.reduce((sum, value) => sum + Math.abs(value), 0) / target.length
  return { ...common, name: undefined, start: [0], refit: undefined, createLoss: (pool, rows) => squaredLoss(pool, rows, meanError) }
}

/** A target that cannot be negative, divided by its mean; gamma takes no zeros either. */
function deviance(values: Float64Array, power: number, name: string): Objective {
  refuseOutside(values, power, 'training rows')
  const mean = values.reduce((sum, value) => sum + value / values.length, 0)
  const relative = (all: Float64Array): Float32Array => Float32Array.from(all, (value) => value / (mean || 1))
  const target = relative(values)
  const ready = (others: Target): Float32Array => {
    refuseOutside(valuesOf(others), power, 'validation rows')
    return relative(valuesOf(others))
  }
  return { name, classes: [], start: [0], mean, deviation: 1, link: 'log', weighted: false, target, ready, groups: undefined, refit: undefined, createLoss: (pool, rows) => tweedieLoss(pool, rows, power) }
}

function refuseOutside(values: Float64Array, power: number, where: string): void {
  refuseUnless(values, Number.isFinite, 'a value that is not a finite number', where)
  if (power === 2) refuseUnless(values, (value) => value > 0, 'a value that is not positive, which objective "gamma" cannot take', where)
  else refuseUnless(values, (value) => value >= 0, `a negative value, which objective "${power === 1 ? 'poisson' : 'tweedie'}" cannot take`, where)
}
