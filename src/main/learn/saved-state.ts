import { MillraceError } from '#shared/errors.ts'

/** A typed array that can be saved with a model. */
export type SavedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** Fitted state as plain data: JSON and typed arrays, never code. */
export type SavedState = {
  readonly json: unknown
  readonly arrays: Readonly<Record<string, SavedArray>>
}

/** The error for a saved state that is not what the estimator `id` saves. */
export function unreadableState(id: string, reason: string): MillraceError {
  return new MillraceError({
    code: 'corrupt',
    headline: `The saved ${id} model cannot be read`,
    message: `Its content is not what the estimator "${id}" saves: ${reason}.`,
    nextStep: 'Train the model again.',
  })
}

/** Constructors of the arrays that can be saved. */
type ArrayType<A extends SavedArray> = abstract new (...args: never[]) => A

/** An array of a saved state of the estimator `id`; throws `corrupt` where it is missing or of another type. */
export function savedArray<A extends SavedArray>(saved: SavedState, name: string, type: ArrayType<A>, id: string): A {
  const array = Object.hasOwn(saved.arrays, name) ? saved.arrays[name] : undefined
  if (array instanceof type) return array
  throw unreadableState(id, `array "${name}" is missing or of another type`)
}
