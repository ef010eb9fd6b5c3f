import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { isClassification, type Goal } from '#shared/domain/task.ts'
import { checkTarget, findTarget } from './check-target.ts'
import { dropRowsWithoutTarget, handleDuplicates, type DuplicateReport, type DuplicateRule, type NearReport, type NearRule } from './clean-rows.ts'
import { findColumnChanges, type ColumnChanges } from './column-changes.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { withRowMask } from './keep-rows.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet, writeParquet } from './parquet.ts'
import { recount } from './recount.ts'
import { countRepairs, type RepairChanges } from './repair/count-repairs.ts'
import { planRepairs, type ColumnPlan, type RepairPlan } from './repair/plan-repairs.ts'
import { repairLayers } from './repair/repair-layers.ts'
import type { ColumnWish, OutlierFence } from './repair/rule.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { quoteIdentifier } from './sql-text.ts'
import { storedAs } from './storage.ts'
import { tidyCell } from './tidy-cell.ts'

/** What the user says about the rules for one column. */
export type ColumnRules = { readonly modes: Readonly<Record<string, string>>; readonly wish: ColumnWish }

/** What to clean and where to. */
export type CleanRequest = {
  readonly input: string
  readonly schema: TableSchema
  readonly goal: Goal | undefined
  readonly duplicates: DuplicateRule
  readonly near: NearRule
  /** Modes of the rules by their ids, where they are not the default. */
  readonly modes: Readonly<Record<string, string>>
  readonly columns: ReadonlyMap<string, ColumnRules>
  readonly fence: OutlierFence
  readonly output: string
  progress(fraction: number, message: string): void
}

/** What cleaning changed, for `changes.json`. */
export type CleaningReport = {
  readonly rowsBefore: number
  readonly rowsAfter: number
  readonly duplicates: DuplicateReport
  readonly near: NearReport
  readonly withoutTarget: { readonly column: string; readonly removed: number } | null
  /** White space and missing tokens by column. */
  readonly columns: readonly ColumnChanges[]
  /** Repairs of cells by rule and column. */
  readonly repairs: readonly RepairChanges[]
  /** What was found, whether it was repaired or not. */
  readonly findings: readonly Finding[]
}

/** Writes a cleaned copy of a dataset: cells repaired as the rules decide, types stored, rows without target left out. */
export async function cleanDataset(engine: DataEngine, request: CleanRequest): Promise<{ readonly schema: TableSchema; readonly report: CleaningReport }> {
  const { input, goal } = request
  if (goal !== undefined) await checkTarget(engine, input, request.schema, goal)
  const before = goal === undefined ? request.schema : withTarget(request.schema, goal)
  const sqlTypes = new Map((await describeRelation(engine, scanParquet(input))).map((column) => [column.name, column.sqlType]))
  const rowsBefore = await countRows(engine, scanParquet(input))
  request.progress(0.05, 'Looking for cells to repair')
  const plan = await decideRepairs(engine, request, before, sqlTypes, rowsBefore)
  const schema: TableSchema = { columns: before.columns.map((column) => plan.columns.find(({ name }) => name === column.name) ?? column) }
  const stored = schema.columns.map(({ name }): SourceColumn => ({ name, expression: quoteIdentifier(name), sqlType: sqlTypes.get(name) ?? 'VARCHAR' }))
  request.progress(0.3, 'Counting what changes')
  const untidy = (column: ColumnSchema): boolean => plan.texts.get(column.name)?.untidy !== false
  const changes = await findColumnChanges(engine, input, before.columns.filter(untidy), stored.filter((_, index) => untidy(before.columns[index] as ColumnSchema)))
  // Thousands of expressions at a time take gigabytes; most columns have nothing to tidy.
  const tidied = (column: ColumnSchema, index: number): string => (untidy(column) ? tidyCell(column, stored[index]?.sqlType ?? 'VARCHAR') : quoteIdentifier(column.name))
  const tidy = `(SELECT ${before.columns.map((column, index) => `${tidied(column, index)} AS ${quoteIdentifier(column.name)}`).join(', ')}, ${ROW_NUMBER} FROM ${scanParquet(input, { rowNumbers: true })})`
  const repairs: RepairChanges[] = []
  for (const column of schema.columns.filter(isRepaired)) repairs.push(...(await countRepairs(engine, tidy, column, sqlTypes.get(column.name) ?? 'VARCHAR')))
  const from = repairedRows(tidy, schema, stored)
  request.progress(0.45, 'Looking for repeated rows')
  const keep = new Uint8Array(rowsBefore).fill(1)
  const rows = await handleDuplicates(engine, from, schema.columns, request, keep)
  const targetless = goal === undefined ? 0 : await dropRowsWithoutTarget(engine, from, goal.target, keep)
  return withRowMask(engine, keep, async (kept) => {
    const keptRows = `(SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${from} WHERE ${kept})`
    request.progress(0.6, 'Counting values')
    const counted = await recount(engine, keptRows, stored, schema)
    const items = counted.schema.columns.map((column, index) => {
      const [source, facts] = [stored[index], counted.facts[index]]
      if (source === undefined || facts === undefined) throw new Error(`No facts for column "${column.name}"`)
      // A class keeps its spelling: 1.50 stays 1.50.
      const asText = goal !== undefined && isClassification(goal.task) && column.name === goal.target && column.type === 'decimal'
      return asText ? source.expression : storedAs({ source, schema: column, facts })
    })
    request.progress(0.8, 'Writing the dataset')
    await writeParquet(engine, `SELECT ${items.join(', ')} FROM ${keptRows}`, request.output)
    const columns = counted.schema.columns.map((column) => (isRepaired(column) ? withoutOneValue(column) : column))
    const report = { rowsBefore, rowsAfter: keep.reduce((sum, bit) => sum + bit, 0), ...rows, withoutTarget: goal === undefined ? null : { column: goal.target, removed: targetless }, columns: changes, repairs, findings: plan.findings }
    return { schema: { columns }, report }
  })
}

function decideRepairs(engine: DataEngine, request: CleanRequest, schema: TableSchema, sqlTypes: ReadonlyMap<string, string>, rows: number): Promise<RepairPlan> {
  // What is to be predicted stays as it reads, whatever the rules say of other columns.
  const columns = schema.columns
    .filter(({ role }) => role !== 'target')
    .map((column): ColumnPlan => {
      const own = request.columns.get(column.name)
      return { schema: column, sqlType: sqlTypes.get(column.name) ?? 'VARCHAR', modes: { ...request.modes, ...own?.modes }, wish: own?.wish ?? {} }
    })
  return planRepairs({ engine, path: request.input, rows, columns, fence: request.fence, progress: (fraction) => { request.progress(0.05 + 0.25 * fraction, 'Looking for cells to repair') } })
}

/** A relation of the cleaned and repaired cells under their columns' names, with row numbers. */
function repairedRows(tidy: string, schema: TableSchema, stored: readonly SourceColumn[]): string {
  const { from, expressions } = repairLayers(schema.columns.map((column, index) => ({ schema: column, expression: quoteIdentifier(column.name), sqlType: stored[index]?.sqlType ?? 'VARCHAR' })), tidy)
  if (from === tidy) return tidy
  return `(SELECT ${schema.columns.map(({ name }, index) => `${expressions[index] ?? ''} AS ${quoteIdentifier(name)}`).join(', ')}, ${ROW_NUMBER} FROM ${from})`
}

function isRepaired(column: ColumnSchema): boolean {
  return column.repairs !== undefined && column.repairs.length > 0
}

/** A column that repairs left with one value says nothing any more. */
function withoutOneValue(column: ColumnSchema): ColumnSchema {
  return column.role === 'feature' && column.distinct <= 1 ? { ...column, role: 'ignore', reason: `${column.reason}; every row has the same value` } : column
}

function withTarget(schema: TableSchema, goal: Goal): TableSchema {
  const target = findTarget(schema, goal)
  const isNumber = target.type === 'integer' || target.type === 'decimal'
  const type = goal.task === 'regression' && !isNumber ? 'decimal' : target.type
  return {
    columns: schema.columns.map((column) => (column === target ? { ...column, type, role: 'target', reason: `${column.reason}; the pipeline predicts it` } : column)),
  }
}
