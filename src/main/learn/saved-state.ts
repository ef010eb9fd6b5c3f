/** A typed array that can be saved with a model. */
export type SavedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** Fitted state as plain data: JSON and typed arrays, never code. */
export type SavedState = {
  readonly json: unknown
  readonly arrays: Readonly<Record<string, SavedArray>>
}
