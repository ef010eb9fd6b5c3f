import { MillraceError } from '#shared/errors.ts'
import type { Column } from '../../table/column.ts'
import { columnOf, type Table } from '../../table/table.ts'
import { compileFormula, evaluate, type Part } from '../formula/index.ts'
import { readAs } from './chain.ts'
import { readsOf } from './columns.ts'
import type { FormulaSource, RecipeStep } from './recipe.ts'

/** Version of the formula language: raised when the same text gives other numbers. */
export const FORMULA_VERSION = 1

const compiled = new WeakMap<FormulaSource, Part>()

function partOf(name: string, from: FormulaSource): Part {
  const known = compiled.get(from)
  if (known !== undefined) return known
  if (from.version > FORMULA_VERSION) {
    throw new MillraceError({
      code: 'newer-version',
      headline: 'The model was made by a newer Millrace',
      message: `Its formula "${name}" is written in version ${from.version} of the formula language; this Millrace has version ${FORMULA_VERSION}.`,
      nextStep: 'Update Millrace, or train the model again with this version.',
    })
  }
  const part = compileFormula({ name, text: from.text }, from.reads)
  compiled.set(from, part)
  return part
}

/** Several steps may start from one formula: its column is kept as long as the table. */
const made = new WeakMap<Table, Map<string, Column>>()

function formulaColumn(step: Pick<RecipeStep, 'column' | 'as' | 'from'>, from: FormulaSource, table: Table): Column {
  const known = made.get(table) ?? new Map<string, Column>()
  made.set(table, known)
  const key = JSON.stringify([step.column, from])
  const found = known.get(key)
  if (found !== undefined) return found
  const columns = readsOf(step).map(({ name, as }) => readAs(columnOf(table, name), as))
  const column = evaluate(partOf(step.column, from), step.column, { rows: table.rows, columns })
  known.set(key, column)
  return column
}

/** The column that a step starts from: one of the table's, or what a formula makes of several. */
export function sourceColumn(step: Pick<RecipeStep, 'column' | 'as' | 'from'>, table: Table): Column {
  return readAs(step.from === undefined ? columnOf(table, step.column) : formulaColumn(step, step.from, table), step.as)
}
