import { z } from 'zod'
import type { MillraceError } from '#shared/errors.ts'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'
import { widthOf, type Knots } from './curves.ts'

/** A fitted linear model: score_k = intercept_k + Σ_j coefficient_kj · (x_j − mean_j). */
export type LinearState = {
  readonly link: 'identity' | 'logistic' | 'softmax'
  /** Class names for a classification; empty for regression. */
  readonly classes: readonly string[]
  /** Softmax: index of the class behind each output; classes without a training row have none and get probability 0. */
  readonly outputs: readonly number[]
  readonly penalty: number
  /** Share of the penalty on absolute values: 0 ridge, 1 lasso. */
  readonly l1Ratio: number
  readonly iterations: number
  readonly converged: boolean
  /** Per dense matrix column; columns with knots enter as the splines of `expandCurves`, and "columns" below counts those. Those of a sparse block follow. */
  readonly knots: readonly Knots[]
  /** Outputs × columns, output after output. */
  readonly coefficients: Float64Array
  /** One per output. */
  readonly intercepts: Float64Array
  /** One per column: mean of the training rows. */
  readonly means: Float64Array
  /** One per column: population standard deviation of the training rows. */
  readonly deviations: Float64Array
}

const jsonSchema = z.object({
  link: z.enum(['identity', 'logistic', 'softmax']),
  classes: z.array(z.string()),
  outputs: z.array(z.int().nonnegative()),
  penalty: z.number(),
  l1Ratio: z.number().min(0).max(1).default(0),
  iterations: z.int(),
  converged: z.boolean(),
  knots: z.array(z.array(z.number())),
})

const ARRAYS = ['coefficients', 'intercepts', 'means', 'deviations'] as const

/** State as JSON and float64 arrays. */
export function serialise(state: LinearState): SavedState {
  const { coefficients, intercepts, means, deviations, ...json } = state
  return { json: jsonSchema.parse(json), arrays: { coefficients, intercepts, means, deviations } } // in the schema's order: saved again, a model is the same file
}

/** The inverse of `serialise`; throws `corrupt` where arrays are missing or do not fit together. */
export function deserialise(saved: SavedState): LinearState {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const [coefficients, intercepts, means, deviations] = ARRAYS.map((name) => savedArray(saved, name, Float64Array, 'linear')) as [
    Float64Array, Float64Array, Float64Array, Float64Array,
  ]
  const json = parsed.data
  if (coefficients.length !== intercepts.length * means.length || deviations.length !== means.length) throw corrupt('array lengths disagree')
  if (json.knots.reduce((width, own) => width + widthOf(own), 0) > means.length) throw corrupt('knots and columns disagree')
  if (json.link === 'softmax' ? json.outputs.length !== intercepts.length : intercepts.length !== 1) throw corrupt('outputs and intercepts disagree')
  if (json.outputs.some((output) => output >= json.classes.length)) throw corrupt('an output has no class')
  if (json.link === 'logistic' && json.classes.length !== 2) throw corrupt('a logistic model has two classes')
  return { ...json, coefficients, intercepts, means, deviations }
}

function corrupt(reason: string): MillraceError {
  return unreadableState('linear', reason)
}
