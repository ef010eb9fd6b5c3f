import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { trimmed } from '../cell.ts'
import type { DataEngine } from '../engine.ts'
import { missingTexts } from '../missing-tokens.ts'
import { readCells } from '../read-cells.ts'
import { isOneOf, quoteIdentifier, quoteLiteral } from '../sql-text.ts'
import type { NumberedRows } from '../view-sql.ts'

/** Parts of a column to count rows in: bins of equal width between edges, or values. */
export type ColumnParts = { readonly edges: readonly number[] } | { readonly values: readonly string[] }

/** Rows of each class of a target in each part of a column: `counts[class][part]`. */
export type ClassCounts = { readonly classes: readonly string[]; readonly counts: readonly (readonly number[])[] }

/** Classes that are told apart; rows of others are left out. */
const MOST_CLASSES = 6

/** Counts rows by part of a column and class of a target; the most frequent classes first. */
export async function splitByClass(engine: DataEngine, rows: NumberedRows, column: ColumnSchema, target: ColumnSchema, parts: ColumnParts): Promise<ClassCounts> {
  const sqlType = (name: string): string => rows.types.get(name) ?? 'VARCHAR'
  const label = trimmed(quoteIdentifier(target.name), sqlType(target.name))
  const part = partOf(column, sqlType(column.name), parts)
  const from = readCells('edges' in parts ? [{ schema: column, as: 'number', expression: quoteIdentifier(column.name), sqlType: sqlType(column.name) }] : [], rows.from, { further: [label, part.further] })
  const cells = `SELECT ${part.index} AS part, label FROM (${from}) AS row(${'edges' in parts ? 'number, ' : ''}label, text) WHERE label IS NOT NULL AND NOT ${isOneOf('label', ['', ...missingTexts(target)])}`
  const found = await engine.rows(
    `SELECT part, label, count(*) AS n FROM (${cells}) WHERE part IS NOT NULL GROUP BY part, label`,
    z.object({ part: z.number(), label: z.string(), n: z.number() }),
  )
  const sizes = new Map<string, number>()
  for (const { label: name, n } of found) sizes.set(name, (sizes.get(name) ?? 0) + n)
  const classes = [...sizes].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_CLASSES).map(([name]) => name)
  const width = 'edges' in parts ? parts.edges.length - 1 : parts.values.length
  const counts = classes.map(() => Array.from({ length: width }, () => 0))
  for (const { part: at, label: name, n } of found) {
    const own = counts[classes.indexOf(name)]
    if (own !== undefined && at >= 0 && at < width) own[at] = n
  }
  return { classes, counts }
}

/** SQL of the part a row belongs to, from `number` or `text`; NULL where to none. */
function partOf(column: ColumnSchema, sqlType: string, parts: ColumnParts): { readonly index: string; readonly further: string } {
  if ('values' in parts) {
    return { further: trimmed(quoteIdentifier(column.name), sqlType), index: `nullif(list_position([${parts.values.map(quoteLiteral).join(', ')}]::VARCHAR[], text), 0) - 1` }
  }
  const [low = 0] = parts.edges
  const high = parts.edges.at(-1) ?? 0
  const count = parts.edges.length - 1
  const width = (high - low) / Math.max(1, count)
  const literal = (value: number): string => `'${String(value)}'::DOUBLE`
  return { further: "''", index: `CASE WHEN number >= ${literal(low)} AND number <= ${literal(high)} THEN least(CAST(floor((number - ${literal(low)}) / ${literal(width)}) AS INTEGER), ${count - 1}) END` }
}
