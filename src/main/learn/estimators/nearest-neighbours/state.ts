import { z } from 'zod'
import type { MillraceError } from '#shared/errors.ts'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'

/** How much each neighbour counts: alike, or by one over its distance. */
export type Weights = 'distance' | 'uniform'

/** The training rows, ready to be searched. */
export type NeighbourState = {
  readonly neighbours: number
  readonly weights: Weights
  /** Class names for a classification; empty for regression. */
  readonly classes: readonly string[]
  /** Per class its share of the training rows; for regression the mean, alone. */
  readonly prior: Float64Array
  /** Per matrix column: its training mean, and one over its deviation (1 where columns are not scaled, 0 where it is constant). */
  readonly means: Float64Array
  readonly factors: Float64Array
  /** Rows × columns, row after row: (value − mean) · factor. */
  readonly points: Float32Array
  /** Class index or number per row. */
  readonly targets: Float64Array
}

const jsonSchema = z.object({ neighbours: z.int().min(1), weights: z.enum(['distance', 'uniform']).default('distance'), classes: z.array(z.string()) })

const ARRAYS = ['prior', 'means', 'factors', 'targets'] as const

/** State as JSON and arrays. */
export function serialise({ neighbours, weights, classes, ...arrays }: NeighbourState): SavedState {
  return { json: { neighbours, weights, classes }, arrays }
}

/** The inverse of `serialise`; throws `corrupt` where arrays are missing or do not fit together. */
export function deserialise(saved: SavedState): NeighbourState {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const [prior, means, factors, targets] = ARRAYS.map((name) => savedArray(saved, name, Float64Array, 'nearest-neighbours')) as [Float64Array, Float64Array, Float64Array, Float64Array]
  const points = savedArray(saved, 'points', Float32Array, 'nearest-neighbours')
  const { neighbours, weights, classes } = parsed.data
  if (targets.length === 0 || points.length !== targets.length * means.length || factors.length !== means.length) throw corrupt('array lengths disagree')
  if (prior.length !== Math.max(1, classes.length)) throw corrupt('classes and shares disagree')
  if (classes.length > 0 && targets.some((code) => !Number.isInteger(code) || code < 0 || code >= classes.length)) throw corrupt('a row has no class')
  return { neighbours, weights, classes, prior, means, factors, points, targets }
}

function corrupt(reason: string): MillraceError {
  return unreadableState('nearest-neighbours', reason)
}
