import type { CategoryColumn, Column, SparseColumns } from '../../table/column.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Transform, TransformFit } from '../transform.ts'
import { asCategories, asNumbers } from '../transforms/as-kind.ts'

/** A transform with its parameters and what it learnt, one entry per column that it takes, ready to be applied. */
export type FittedUse = { readonly transform: Transform; readonly params: unknown; readonly fitted: readonly unknown[] }

/** What a transform may make of a column. */
export type Made = Column | SparseColumns

/** The column as the transform takes it. */
export function readAs(column: Column, takes: Transform['takes']): Column {
  return takes === 'number' ? asNumbers(column) : takes === 'category' ? asCategories(column) : column
}

/** The column that the next transform takes; throws `invalid-parameter` where the one before has made sparse columns of it. */
export function takenBy(made: Made, { id, takes }: Pick<Transform, 'id' | 'takes'>): Column {
  if (made.kind !== 'sparse') return readAs(made, takes)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `The transform "${id}" cannot follow one that makes many sparse columns`,
    message: `It would have to take each of ${made.names.length} columns, such as "${made.names[0] ?? ''}".`,
    nextStep: `Take "${id}" out, or put it before the transform that makes the columns.`,
    details: { value: id },
  })
}

/** Randomness of the `place`-th transform of a chain: the same whenever the chain is applied to its training rows. */
export function aboutUse({ target, rng }: TransformFit, place: number): TransformFit {
  return { target, rng: rng.fork(`transform ${place}`) }
}

/** Applies one transform to every column that arrives, one column at a time. */
function* applyUse(columns: Iterable<Made>, { transform, params, fitted }: FittedUse, about?: TransformFit): Generator<Made> {
  let index = 0
  for (const made of columns) {
    if (index >= fitted.length) throw new Error(`Transform "${transform.id}" was fitted on ${fitted.length} columns and got more`)
    const column = takenBy(made, transform)
    const learnt = fitted[index]
    if (about === undefined || transform.applyToTraining === undefined) yield* transform.apply(column, params, learnt)
    else yield* transform.applyToTraining(column, params, learnt, { ...about, rng: about.rng.fork(`column ${index}`) })
    index++
  }
}

/**
 * What a column becomes at the end of a chain; lazy, so that few columns are in memory at once. With `about` the rows are those that the
 * chain was fitted on, and transforms that look at the target keep each row's own out of what it gets.
 */
export function applyChain(column: Column, uses: readonly FittedUse[], about?: TransformFit): Iterable<Made> {
  let columns: Iterable<Made> = [column]
  for (const [place, use] of uses.entries()) columns = applyUse(columns, use, about && aboutUse(about, place))
  return columns
}

/** A column without rows: what a chain makes of it tells names and kinds of the chain's outputs. */
export function emptyColumn(name: string, kind: Column['kind']): Column {
  if (kind === 'number') return { kind, name, values: new Float64Array(0) }
  return { kind, name, codes: new Int32Array(0), categories: [] } satisfies CategoryColumn
}
