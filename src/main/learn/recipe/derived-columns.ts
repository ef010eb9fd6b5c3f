import type { ColumnSchema, ColumnType } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { columnsOf, compileFormula, formulaError, type Part } from '../formula/index.ts'
import { naturalKind } from './columns.ts'
import { FORMULA_VERSION } from './source-column.ts'
import type { FormulaSource, RecipeSpec } from './recipe.ts'

/** Two columns of the data made into one. */
export type Interaction = { readonly columns: readonly [string, string]; readonly as?: 'product' | 'ratio' | 'difference' | 'cross' | undefined }

/** A column that a formula makes, as the rest of the recipe sees it. */
export type DerivedColumn = { readonly schema: ColumnSchema; readonly from: FormulaSource }

/** A column's name as a formula writes it. */
function quoted(name: string): string {
  return name.includes('`') ? `[${JSON.stringify(name)}]` : `\`${name}\``
}

const SIGNS = { product: ['×', '*'], ratio: ['÷', '/'], difference: ['−', '-'] } as const

/** The formula of an interaction under its name: numbers are multiplied, divided or subtracted, categories crossed. */
export function interactionFormula({ columns: [left, right], as }: Interaction, schemas: readonly ColumnSchema[]): { readonly name: string; readonly text: string } {
  const isText = (name: string): boolean => naturalKind(schemas.find((schema) => schema.name === name)?.type ?? 'category') === 'category'
  const how = as ?? (isText(left) && isText(right) ? 'cross' : 'product')
  if (how !== 'cross') {
    const [sign, operator] = SIGNS[how]
    return { name: `${left} ${sign} ${right}`, text: `${quoted(left)} ${operator} ${quoted(right)}` }
  }
  const asText = (name: string): string => (isText(name) ? quoted(name) : `text(${quoted(name)})`)
  return { name: `${left} & ${right}`, text: `concat(${asText(left)}, " & ", ${asText(right)})` }
}

const TYPES: Readonly<Record<Part['type'], ColumnType>> = { number: 'decimal', boolean: 'integer', text: 'category', date: 'datetime' }

/** Distinct values that a formula's texts can have: no more than its columns' values combined. */
function distinctOf(part: Part, reads: readonly ColumnSchema[]): number {
  if (part.type === 'boolean') return 2
  return part.type === 'text' ? Math.min(1e9, reads.reduce((product, { distinct }) => product * Math.max(1, distinct), 1)) : 1e6
}

/** The column of a formula, which is checked against the columns of the data. Throws MillraceError `invalid-parameter` with the place. */
export function deriveColumn(name: string, text: string, columns: readonly ColumnSchema[]): DerivedColumn {
  const part = compileFormula({ name, text }, columns)
  const named = columnsOf(part)
  const reads = columns.filter((column) => named.includes(column.name))
  const longTexts = part.type === 'text' && reads.some(({ type }) => type === 'text')
  return {
    schema: {
      name,
      type: longTexts ? 'text' : TYPES[part.type],
      role: 'feature',
      reason: `formula: ${text}`,
      missing: 0,
      distinct: distinctOf(part, reads),
      missingTokens: [],
    },
    from: { text, version: FORMULA_VERSION, reads: reads.map(({ name: read, type }) => ({ name: read, type })) },
  }
}

/** The columns that a recipe's formulas make. Throws where one names the target: the model would know the answer. */
export function derivedColumns({ formulas, columns }: Pick<RecipeSpec, 'formulas' | 'columns'>, target?: string): readonly DerivedColumn[] {
  return Object.entries(formulas).map(([name, text]) => {
    const derived = deriveColumn(name, text, columns)
    if (target !== undefined && derived.from.reads.some((read) => read.name === target)) {
      throw formulaError({ name, text }, Math.max(0, text.indexOf(target)), `"${target}" is what the model predicts: with it in a feature the model would know the answer.`)
    }
    return derived
  })
}

/** Throws where a formula has the name of a column, or of another formula. */
export function requireNewName(name: string, taken: readonly string[]): void {
  if (name.trim() !== '' && !taken.includes(name)) return
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: name.trim() === '' ? 'A formula needs a name' : `There are two columns "${name}"`,
    message: name.trim() === '' ? 'The name of a formula is empty.' : `A formula or interaction of the recipe makes a column "${name}", and there is one of that name already.`,
    nextStep: 'Give the formula another name.',
    details: { column: name },
  })
}
