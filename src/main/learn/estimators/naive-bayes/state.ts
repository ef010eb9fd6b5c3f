import { z } from 'zod'
import type { MillraceError } from '#shared/errors.ts'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'
import type { Tables } from './tables.ts'

/** A fitted naive Bayes model: what the cells of a row add to the score of each class. */
export type NaiveBayesState = Tables & {
  readonly classes: readonly string[]
  readonly text: 'multinomial' | 'complement'
  readonly alpha: number
  /** By which scores are multiplied before they become probabilities. */
  readonly sharpness: number
  /** Numbers of columns and of codes, so that a matrix of another shape is told. */
  readonly numeric: number
  readonly cardinalities: readonly number[]
}

const jsonSchema = z.object({
  classes: z.array(z.string()).min(1),
  text: z.enum(['multinomial', 'complement']),
  alpha: z.number().positive(),
  sharpness: z.number().positive(),
  numeric: z.int().nonnegative(),
  cardinalities: z.array(z.int().nonnegative()),
})

const ARRAYS = ['priors', 'means', 'variances', 'codes', 'words'] as const

/** State as JSON and float64 arrays. */
export function serialise({ priors, means, variances, codes, words, ...json }: NaiveBayesState): SavedState {
  return { json, arrays: { priors, means, variances, codes, words } }
}

/** The inverse of `serialise`; throws `corrupt` where arrays are missing or do not fit together. */
export function deserialise(saved: SavedState): NaiveBayesState {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const [priors, means, variances, codes, words] = ARRAYS.map((name) => savedArray(saved, name, Float64Array, 'naive-bayes')) as [
    Float64Array, Float64Array, Float64Array, Float64Array, Float64Array,
  ]
  const json = parsed.data
  const classes = json.classes.length
  if (priors.length !== classes || !priors.some((prior) => prior > -Infinity)) throw corrupt('classes and shares disagree')
  if (means.length !== classes * json.numeric || variances.length !== means.length) throw corrupt('means and columns disagree')
  if (variances.some((variance) => !(variance >= 0))) throw corrupt('a variance is below 0')
  if (codes.length !== classes * json.cardinalities.reduce((sum, size) => sum + size, 0)) throw corrupt('codes and columns disagree')
  if (words.length % classes !== 0) throw corrupt('words and classes disagree')
  return { ...json, priors, means, variances, codes, words }
}

function corrupt(reason: string): MillraceError {
  return unreadableState('naive-bayes', reason)
}
