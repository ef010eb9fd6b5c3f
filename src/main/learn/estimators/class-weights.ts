import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { Target } from '../../table/matrix.ts'

/** How much the rows of each class count. */
export const classWeightParam = z
  .union([z.literal('none'), z.literal('balanced'), z.record(z.string(), z.number().gt(0).max(1e6))])
  .default('none')
  .describe('How much rows of each class count: balanced gives every class the same total; or a weight by class, others 1. Probabilities then follow the weights, not the data')

/** The parameter after defaults. */
export type ClassWeight = z.infer<typeof classWeightParam>

function weightsByClass(weight: Exclude<ClassWeight, 'none'>, counts: Float64Array, classes: readonly string[]): Float64Array {
  if (weight !== 'balanced') return givenWeights(weight, classes)
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const present = counts.filter((count) => count > 0).length
  return counts.map((count) => (count > 0 ? rows / (present * count) : 1))
}

function countsOf(codes: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  return counts
}

/**
 * Weight per class, scaled so that the mean over all rows is 1; undefined where all rows count alike. Balanced: rows / (classes · rows of the class),
 * over the classes that have rows. Throws `invalid-parameter` for a class that the target does not have.
 */
export function classWeightsOf(weight: ClassWeight, codes: Int32Array, classes: readonly string[]): Float64Array | undefined {
  if (weight === 'none') return undefined
  const counts = countsOf(codes, classes.length)
  const raw = weightsByClass(weight, counts, classes)
  const mean = counts.reduce((sum, count, k) => sum + count * (raw[k] as number), 0) / codes.length
  return raw.map((value) => value / mean)
}

/**
 * Weight of every row as given, 1 for numbers: where a penalty stands beside the rows, weights of 2 must count as rows that occur twice.
 * Throws `invalid-parameter` for a class that the target does not have, and for weights where the target is a number.
 */
export function rowWeights(target: Target, weight: ClassWeight): Float64Array {
  if (weight === 'none') return new Float64Array(target.kind === 'numbers' ? target.values.length : target.codes.length).fill(1)
  if (target.kind === 'numbers') throw weightsOfNumbers()
  const { codes, classes } = target
  const perClass = weightsByClass(weight, countsOf(codes, classes.length), classes)
  return Float64Array.from(codes, (code) => perClass[code] as number)
}

function givenWeights(given: Readonly<Record<string, number>>, classes: readonly string[]): Float64Array {
  const unknown = Object.keys(given).find((name) => !classes.includes(name))
  if (unknown === undefined) return Float64Array.from(classes, (name) => (Object.hasOwn(given, name) ? (given[name] ?? 1) : 1))
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: 'classWeight names a class that the target does not have',
    message: `There is no class "${unknown}"; the target has ${classes.slice(0, 8).map((name) => `"${name}"`).join(', ')}${classes.length > 8 ? ', …' : ''}.`,
    nextStep: 'Write class names exactly as the cells of the target read, in quotes where they look like numbers.',
    details: { class: unknown },
  })
}

/** What a model with class weights must say of itself; empty without. */
export function weightNote(weighted: boolean): string {
  return weighted ? '; rows count by class, so that its probabilities are not those of the data' : ''
}

/** The error for class weights where the target is a number. */
export function weightsOfNumbers(): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'classWeight is for classes',
    message: 'The target is a number, which has no classes to weigh.',
    nextStep: 'Remove classWeight.',
  })
}
