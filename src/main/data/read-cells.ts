import type { ColumnSchema } from '#shared/domain/schema.ts'
import { isNotNumber, numberCell, trimmed, type CellText } from './cell.ts'

/** A column to load, and whether as numbers or as categories; any column may be loaded either way. */
export type ColumnRequest = { readonly schema: ColumnSchema; readonly as: 'number' | 'category' }

/** A requested column of a relation: SQL of its cell and DuckDB's type of it. Categories are taken as the SQL gives them. */
export type CellSource = ColumnRequest & { readonly expression: string; readonly sqlType: string }

/** What to add behind the cells of `readCells`. */
export type BesideCells = {
  /** The 0-based number of the first requested column whose cell should be a number and is not, as INTEGER; `none`: always −1. */
  readonly firstInvalid?: 'found' | 'none'
  /** Further expressions on the relation. */
  readonly further?: readonly string[]
}

/** SQL for a cell as the text that is stored. */
export function storedText(expression: string, sqlType: string): string {
  return sqlType === 'VARCHAR' ? expression : `CAST(${expression} AS VARCHAR)`
}

function layerName(index: number): CellText & { readonly number: string } {
  return { raw: `raw${index}`, text: `text${index}`, number: `number${index}` }
}

/**
 * SELECT that reads cells of a relation: DOUBLE with NaN for missing where numbers are wanted, else the cell as it is.
 * Three nested layers (cell, number, result) name each expression once: written into one another, DuckDB would plan a
 * table of twenty columns for seconds.
 */
export function readCells(sources: readonly CellSource[], from: string, { firstInvalid, further = [] }: BesideCells = {}): string {
  const numeric = sources.map((source, index) => ({ ...source, ...layerName(index) })).filter(({ as }) => as === 'number')
  const cells = [
    ...sources.map(({ expression }, index) => `${expression} AS raw${index}`),
    ...numeric.filter(({ sqlType }) => sqlType === 'VARCHAR').map(({ expression, sqlType, text }) => `${trimmed(expression, sqlType)} AS ${text}`),
    ...further.map((expression, index) => `${expression} AS further${index}`),
  ]
  const numbers = numeric.map((cell) => `${numberCell(cell, cell.sqlType, cell.schema)} AS ${cell.number}`)
  const results = [
    ...sources.map(({ as }, index) => (as === 'number' ? `coalesce(${layerName(index).number}, 'NaN'::DOUBLE)` : layerName(index).raw)),
    ...(firstInvalid === undefined ? [] : [firstInvalidOf(firstInvalid === 'found' ? sources : [])]),
    ...further.map((_, index) => `further${index}`),
  ]
  return `SELECT ${results.join(', ')} FROM (SELECT ${['*', ...numbers].join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from}))`
}

function firstInvalidOf(sources: readonly CellSource[]): string {
  const cases = sources.flatMap(({ as, sqlType, schema }, index) => {
    const cell = layerName(index)
    return as === 'number' ? [`WHEN ${isNotNumber(cell, sqlType, schema, cell.number)} THEN ${index}`] : []
  })
  return cases.length === 0 ? 'CAST(-1 AS INTEGER)' : `CAST(CASE ${cases.join(' ')} ELSE -1 END AS INTEGER)`
}
