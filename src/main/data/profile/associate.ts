import type { Associations, ColumnProfile } from '#shared/domain/profile.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import type { Column } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'
import { loadTable, type ColumnRequest } from '../load-table.ts'
import { holdsNumbers } from '../missing-tokens.ts'
import type { Slice } from '../slices.ts'
import { association, comparable, pearson, type Comparable } from './pair-association.ts'

/** Columns that a matrix shows. */
export const MATRIX_COLUMNS = 40
/** Levels above which a column of categories is left out: most pairs of levels would be empty. */
export const MOST_LEVELS = 200

/** Where rows are compared. */
export type ComparedRows = {
  readonly engine: DataEngine
  readonly parquet: string
  /** Files that together hold the same rows and columns. */
  readonly parts: readonly Slice[]
  readonly schema: TableSchema
  /** Numbers that probably stand for "no value", by column: compared as values they would make columns alike that are not. */
  readonly standIns: ReadonlyMap<string, number>
  check(): void
}

/** Columns of the rows compared: numbers and moments as numbers, the rest as categories; stand-ins for "no value" are missing. */
export async function loadCompared({ engine, parquet, standIns }: Omit<ComparedRows, 'parts'>, wanted: readonly ColumnRequest[]): Promise<Table> {
  const table = await loadTable(engine, parquet, wanted)
  const columns = table.columns.map((column): Column => {
    const standIn = standIns.get(column.name)
    if (standIn === undefined || column.kind !== 'number') return column
    return { ...column, values: column.values.map((value) => (value === standIn ? Number.NaN : value)) }
  })
  return { rows: table.rows, columns }
}

/**
 * How much columns go together, two by two: the target and the columns most tied to it first; without a target those that
 * vary most evenly. Keys, constants, free text and columns of very many categories are left out and counted.
 */
export async function associate(compared: ComparedRows, columns: readonly ColumnProfile[], target: string | null): Promise<Associations> {
  const isSilent = (column: ColumnProfile): boolean => column.role === 'ignore' || column.role === 'identifier' || column.distinct < 2
  const isWide = (column: ColumnProfile): boolean => !holdsNumbers(column.type) && column.distinct > MOST_LEVELS
  const fit = columns.filter((column) => column.name === target || !(isSilent(column) || isWide(column)))
  const chosen = fit.toSorted((a, b) => interest(b, target) - interest(a, target)).slice(0, MATRIX_COLUMNS)
  const shown = target === null ? columns.filter((column) => chosen.includes(column)) : chosen
  const table = await loadCompared(compared, shown.map(({ name }) => ({ schema: schemaOf(compared, name), as: readAs(compared, name) })))
  const sides = table.columns.map(comparable)
  return {
    columns: shown.map(({ name }) => name),
    leftOut: leftOut([
      [columns.filter((column) => column.name !== target && isSilent(column)).length, 'keys, constants and columns that are ignored'],
      [columns.filter((column) => column.name !== target && !isSilent(column) && isWide(column)).length, `columns of more than ${MOST_LEVELS} categories, free text among them`],
      [fit.length - chosen.length, target === null ? 'columns that vary least' : `columns least tied to "${target}"`],
    ]),
    rows: table.rows,
    pearson: matrix(sides, compared, (a, b) => (a.kind === 'number' && b.kind === 'number' ? pearson(a.values, b.values) : null)),
    association: matrix(sides, compared, association),
  }
}

function schemaOf({ schema }: ComparedRows, name: string) {
  const found = schema.columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`No column "${name}" in the schema`)
  return found
}

function readAs(compared: ComparedRows, name: string): 'number' | 'category' {
  return holdsNumbers(schemaOf(compared, name).type) ? 'number' : 'category'
}

/** The target first, then by association with it; without one by how evenly the values spread (normalised entropy). */
function interest(column: ColumnProfile, target: string | null): number {
  if (column.name === target) return Infinity
  if (target !== null) return column.target?.association ?? 0
  const counts = column.numbers === null ? column.top.map(({ count }) => count) : column.numbers.histogram.counts
  const total = counts.reduce((sum, count) => sum + count, 0)
  const entropy = counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log(count / total)), 0)
  return counts.length < 2 || total === 0 ? 0 : entropy / Math.log(counts.length)
}

function leftOut(parts: readonly (readonly [columns: number, reason: string])[]): Associations['leftOut'] {
  return parts.filter(([columns]) => columns > 0).map(([columns, reason]) => ({ columns, reason }))
}

/** A symmetric matrix of a measure, rounded to four decimals. */
function matrix(sides: readonly Comparable[], { check }: ComparedRows, measure: (a: Comparable, b: Comparable) => number | null): (number | null)[][] {
  const cells = sides.map(() => new Array<number | null>(sides.length).fill(null))
  for (const [i, a] of sides.entries()) {
    check()
    for (let j = i; j < sides.length; j++) {
      const value = measure(a, sides[j] as Comparable)
      const rounded = value === null ? null : Math.round(value * 1e4) / 1e4
      ;(cells[i] as (number | null)[])[j] = rounded
      ;(cells[j] as (number | null)[])[i] = rounded
    }
  }
  return cells
}
