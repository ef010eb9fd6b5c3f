import { MillraceError } from '#shared/errors.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { CategoryColumn, Column, NumberColumn } from '../../table/column.ts'
import type { Target } from '../../table/matrix.ts'
import { chooseClasses } from './classes.ts'

/** A target column read for a goal. Rows without a usable target are left out of `target`. */
export type TargetReading = {
  readonly target: Target
  /** Table row of each entry of `target`, ascending. */
  readonly rows: Int32Array
  /** Rows without a value. */
  readonly missing: number
  /** Values that are not among the given classes, with their rows counted; empty where no classes were given. */
  readonly unseen: readonly { readonly value: string; readonly rows: number }[]
  /** Binary without a named positive class: why this one was chosen, in words. */
  readonly note: string | undefined
}

function kept(rows: number, keep: (row: number) => boolean): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row).filter(keep)
}

function readClasses(goal: Goal, column: CategoryColumn, known: readonly string[] | undefined): TargetReading {
  const counts = column.categories.map(() => 0)
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1
  const present = column.categories.flatMap((value, code) => ((counts[code] ?? 0) > 0 ? [{ value, rows: counts[code] as number }] : []))
  const { classes, note } = known === undefined ? chooseClasses(goal, present) : { classes: known, note: undefined }
  const place = new Map(classes.map((name, index) => [name, index]))
  const codeOf = column.categories.map((value) => place.get(value) ?? -1)
  const rows = kept(column.codes.length, (row) => (codeOf[column.codes[row] as number] ?? -1) >= 0)
  return {
    target: { kind: 'classes', classes, codes: rows.map((row) => codeOf[column.codes[row] as number] as number) },
    rows,
    missing: column.codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0),
    unseen: present.filter(({ value }) => !place.has(value)),
    note,
  }
}

function readNumbers(goal: Goal, column: NumberColumn): TargetReading {
  const infinite = column.values.findIndex((value) => value === Infinity || value === -Infinity)
  if (infinite !== -1) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: `The target "${goal.target}" holds an infinite value`,
      message: `Row ${infinite + 1} of the training data holds ${column.values[infinite]}; a regression needs finite numbers.`,
      nextStep: 'Correct or remove that row.',
      details: { column: goal.target, row: infinite + 1, value: String(column.values[infinite]) },
    })
  }
  const rows = kept(column.values.length, (row) => !Number.isNaN(column.values[row]))
  const values = Float64Array.from(rows, (row) => column.values[row] as number)
  return { target: { kind: 'numbers', values }, rows, missing: column.values.length - rows.length, unseen: [], note: undefined }
}

/**
 * The target of a goal from its column: a category column for classification, a number column for regression. Without
 * `classes` they are chosen from the column (see `chooseClasses`); with them, other values are counted as `unseen`.
 * Throws MillraceError `invalid-data` where the column cannot be the target of the task.
 */
export function targetOf(goal: Goal, column: Column, classes?: readonly string[]): TargetReading {
  if (goal.task === 'regression') {
    if (column.kind === 'number') return readNumbers(goal, column)
    throw new Error(`The target "${column.name}" of a regression was loaded as categories`)
  }
  if (column.kind === 'category') return readClasses(goal, column, classes)
  throw new Error(`The target "${column.name}" of a classification was loaded as numbers`)
}
