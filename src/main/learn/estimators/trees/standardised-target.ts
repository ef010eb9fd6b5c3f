import { MillraceError } from '#shared/errors.ts'

/** Numbers on one scale: number = mean + deviation × value. */
export type StandardisedTarget = { readonly mean: number; readonly deviation: number; readonly values: Float32Array }

/** Brings a target to mean 0 and deviation 1, whatever its size; throws `invalid-data` with the row where a value is not finite. */
export function standardiseTarget(values: Float64Array): StandardisedTarget {
  refuseUnless(values, Number.isFinite, 'a value that is not a finite number')
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1 // keeps squares finite
  const mean = values.reduce((sum, value) => sum + value / size, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value / size - mean) ** 2, 0) / values.length
  const deviation = Math.sqrt(variance) || 1
  return { mean: mean * size, deviation: deviation * size, values: Float32Array.from(values, (value) => (value / size - mean) / deviation) }
}

/** Throws `invalid-data` with the first row whose target is not `allowed`; `found` says in words what such a row holds, `where` which rows these are. */
export function refuseUnless(values: Float64Array, allowed: (value: number) => boolean, found: string, where = 'training rows'): void {
  const bad = values.findIndex((value) => !allowed(value))
  if (bad < 0) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The target holds ${found}`,
    message: `Row ${bad + 1} of the ${where} has the target ${values[bad]}.`,
    nextStep: 'Correct or remove the row, or mark the value as missing in prepare/clean.',
    details: { row: bad + 1, value: String(values[bad]) },
  })
}
