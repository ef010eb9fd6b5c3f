import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { isKeyName } from './guess-role.ts'
import { findNearRows, type NearPart, type NearRows } from './near-rows.ts'
import { ROW_NUMBER } from './parquet.ts'
import { readRowNumbers } from './read-row-numbers.ts'
import { findRepeatedRows } from './repeated-rows.ts'
import { quoteIdentifier } from './sql-text.ts'

/** What to do with rows that repeat an earlier one in every column. */
export type DuplicateRule = 'auto' | 'report' | 'remove'
/** What to do with rows that nearly repeat an earlier one. */
export type NearRule = 'report' | 'remove' | 'off'

/** Rows that repeat an earlier one, and why they were removed or kept. */
export type DuplicateReport = { readonly found: number; readonly removed: number; readonly why: string }
/** Rows that nearly repeat an earlier one, with up to five pairs; null where nothing was looked for. */
export type NearReport = { readonly found: number; readonly removed: number; /** False where the table was too large to look for small edits, and spelling alone was compared. */ readonly edits: boolean; readonly examples: NearRows['pairs'] } | null

/** Rows of the largest table in which near repeats are looked for without being asked to remove them. */
const MOST_REPORTED = 1_000_000

/** Finds rows that repeat earlier ones, exactly or nearly, and takes those that are to go out of `keep`. The table's `parts` are its columns in their order. */
export async function handleDuplicates(
  engine: DataEngine,
  table: { readonly from: string; readonly parts: readonly NearPart[] },
  columns: readonly ColumnSchema[],
  rules: { readonly duplicates: DuplicateRule; readonly near: NearRule },
  keep: Uint8Array,
): Promise<{ readonly duplicates: DuplicateReport; readonly near: NearReport }> {
  const repeated = await findRepeatedRows(engine, table.from, table.parts)
  const duplicates = decideDuplicates(rules.duplicates, repeated.length, columns)
  if (duplicates.removed > 0) for (const row of repeated) keep[row] = 0
  const look = rules.near === 'remove' || (rules.near === 'report' && keep.length <= MOST_REPORTED)
  const near = !look ? undefined : await findNearRows(engine, table.parts, columns, keep.length, new Set(repeated))
  if (near === undefined) return { duplicates, near: null }
  if (rules.near === 'remove') for (const row of near.rows) keep[row] = 0
  return { duplicates, near: { found: near.rows.length, removed: rules.near === 'remove' ? near.rows.length : 0, edits: near.edits, examples: near.pairs } }
}

/**
 * Repeated rows of a table with a key are one record stored twice. Without a key they are as likely different cases that
 * agree in few, coarse columns; removing those would change how often each case occurs, so they are only reported.
 */
function decideDuplicates(rule: DuplicateRule, found: number, columns: readonly ColumnSchema[]): DuplicateReport {
  if (found === 0) return { found, removed: 0, why: 'no row repeats another' }
  const key = columns.find((column) => column.role === 'identifier' || isKeyName(column.name))
  if (rule === 'remove') return { found, removed: found, why: 'asked for by duplicates: remove' }
  if (rule === 'auto' && key !== undefined) return { found, removed: found, why: `the rows agree in "${key.name}" too, so they are one record stored again` }
  const reason = rule === 'report' ? 'asked for by duplicates: report' : 'without a key they may be different cases that agree; say duplicates: remove to remove them'
  return { found, removed: 0, why: reason }
}

/** Takes rows whose target is missing out of `keep`; returns how many. */
export async function dropRowsWithoutTarget(engine: DataEngine, from: string, target: string, keep: Uint8Array): Promise<number> {
  const rows = await readRowNumbers(engine, `SELECT CAST(${ROW_NUMBER} AS INTEGER) FROM ${from} WHERE ${quoteIdentifier(target)} IS NULL`)
  for (const row of rows) keep[row] = 0
  return rows.length
}
