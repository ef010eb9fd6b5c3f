import { z } from 'zod'
import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { isClassification, type Goal } from '#shared/domain/task.ts'
import { trimmed } from './cell.ts'
import { checkTarget, findTarget } from './check-target.ts'
import { findColumnChanges, type ColumnChanges } from './column-changes.ts'
import type { DataEngine } from './engine.ts'
import { isKeyName } from './guess-role.ts'
import { withRowMask } from './keep-rows.ts'
import { missingTexts } from './missing-tokens.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet, writeParquet } from './parquet.ts'
import { recount } from './recount.ts'
import { findRepeatedRows } from './repeated-rows.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { isOneOf, quoteIdentifier } from './sql-text.ts'
import { storedAs } from './storage.ts'

/** What to do with rows that repeat an earlier one in every column. */
export type DuplicateRule = 'auto' | 'report' | 'remove'

/** What to clean and where to. */
export type CleanRequest = {
  readonly input: string
  readonly schema: TableSchema
  readonly goal: Goal | undefined
  readonly duplicates: DuplicateRule
  readonly output: string
  progress(fraction: number, message: string): void
}

/** What cleaning changed, for `changes.json`. */
export type CleaningReport = {
  readonly rowsBefore: number
  readonly rowsAfter: number
  readonly duplicates: { readonly found: number; readonly removed: number; readonly why: string }
  readonly withoutTarget: { readonly column: string; readonly removed: number } | null
  readonly columns: readonly ColumnChanges[]
}

/** Writes a cleaned copy of a dataset: white space trimmed, missing tokens empty, types stored, rows without target left out. */
export async function cleanDataset(engine: DataEngine, request: CleanRequest): Promise<{ readonly schema: TableSchema; readonly report: CleaningReport }> {
  const { input, goal } = request
  if (goal !== undefined) await checkTarget(engine, input, request.schema, goal)
  const schema = goal === undefined ? request.schema : withTarget(request.schema, goal)
  const sqlTypes = new Map((await describeRelation(engine, scanParquet(input))).map((column) => [column.name, column.sqlType]))
  const stored = schema.columns.map((column): SourceColumn => ({ name: column.name, expression: quoteIdentifier(column.name), sqlType: sqlTypes.get(column.name) ?? 'VARCHAR' }))
  request.progress(0.1, 'Looking for cells to clean')
  const changes = await findColumnChanges(engine, input, schema.columns, stored)
  const cleaned = schema.columns.map((column, index) => `${cleanCell(column, stored[index]?.sqlType ?? 'VARCHAR')} AS ${quoteIdentifier(column.name)}`)
  const from = `(SELECT ${cleaned.join(', ')}, ${ROW_NUMBER} FROM ${scanParquet(input, { rowNumbers: true })})`
  request.progress(0.3, 'Looking for repeated rows')
  const repeated = await findRepeatedRows(engine, from, schema.columns.map((column) => column.name))
  const duplicates = decideDuplicates(request.duplicates, repeated.length, schema.columns)
  const rowsBefore = await countRows(engine, scanParquet(input))
  const keep = new Uint8Array(rowsBefore).fill(1)
  if (duplicates.removed > 0) for (const row of repeated) keep[row] = 0
  const targetless = goal === undefined ? 0 : await dropRowsWithoutTarget(engine, from, goal.target, keep)
  return withRowMask(engine, keep, async (kept) => {
    const rows = `(SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${from} WHERE ${kept})`
    request.progress(0.5, 'Counting values')
    const counted = await recount(engine, rows, stored, schema)
    const items = counted.schema.columns.map((column, index) => {
      const [source, facts] = [stored[index], counted.facts[index]]
      if (source === undefined || facts === undefined) throw new Error(`No facts for column "${column.name}"`)
      // A class keeps its spelling: 1.50 stays 1.50.
      const asText = goal !== undefined && isClassification(goal.task) && column.name === goal.target && column.type === 'decimal'
      return asText ? source.expression : storedAs({ source, schema: column, facts, findings: [] })
    })
    request.progress(0.8, 'Writing the dataset')
    await writeParquet(engine, `SELECT ${items.join(', ')} FROM ${rows}`, request.output)
    return {
      schema: counted.schema,
      report: {
        rowsBefore,
        rowsAfter: keep.reduce((sum, bit) => sum + bit, 0),
        duplicates,
        withoutTarget: goal === undefined ? null : { column: goal.target, removed: targetless },
        columns: changes,
      },
    }
  })
}

function withTarget(schema: TableSchema, goal: Goal): TableSchema {
  const target = findTarget(schema, goal)
  const isNumber = target.type === 'integer' || target.type === 'decimal'
  const type = goal.task === 'regression' && !isNumber ? 'decimal' : target.type
  return {
    columns: schema.columns.map((column) => (column === target ? { ...column, type, role: 'target', reason: `${column.reason}; the pipeline predicts it` } : column)),
  }
}

/** SQL for a cell after cleaning, still in the type that it was stored in. */
function cleanCell(column: ColumnSchema, sqlType: string): string {
  const cell = quoteIdentifier(column.name)
  if (sqlType !== 'VARCHAR') return cell
  const text = trimmed(cell, sqlType)
  const infinite = column.type === 'integer' || column.type === 'decimal' ? ` OR isinf(TRY_CAST(${text} AS DOUBLE))` : ''
  return `CASE WHEN ${isOneOf(text, ['', ...missingTexts(column)])}${infinite} THEN NULL ELSE ${text} END`
}

/**
 * Repeated rows of a table with a key are one record stored twice. Without a key they are as likely different cases that
 * agree in few, coarse columns; removing those would change how often each case occurs, so they are only reported.
 */
function decideDuplicates(rule: DuplicateRule, found: number, columns: readonly ColumnSchema[]): CleaningReport['duplicates'] {
  if (found === 0) return { found, removed: 0, why: 'no row repeats another' }
  const key = columns.find((column) => column.role === 'identifier' || isKeyName(column.name))
  if (rule === 'remove') return { found, removed: found, why: 'asked for by duplicates: remove' }
  if (rule === 'auto' && key !== undefined) return { found, removed: found, why: `the rows agree in "${key.name}" too, so they are one record stored again` }
  const reason = rule === 'report' ? 'asked for by duplicates: report' : 'without a key they may be different cases that agree; say duplicates: remove to remove them'
  return { found, removed: 0, why: reason }
}

/** Takes rows whose target is missing out of `keep`; returns how many. */
async function dropRowsWithoutTarget(engine: DataEngine, from: string, target: string, keep: Uint8Array): Promise<number> {
  const rows = await engine.rows(`SELECT ${ROW_NUMBER} AS n FROM ${from} WHERE ${quoteIdentifier(target)} IS NULL`, z.object({ n: z.number() }))
  for (const { n } of rows) keep[n] = 0
  return rows.length
}
