import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { isClassification, type Goal } from '#shared/domain/task.ts'
import { checkTarget, findTarget } from './check-target.ts'
import { dropRowsWithoutTarget, handleDuplicates, type DuplicateReport, type DuplicateRule, type NearReport, type NearRule } from './clean-rows.ts'
import { cleanParts, type CleanedPart } from './clean-parts.ts'
import { cleanedRows, tidyRows, type CleanedColumn } from './cleaned-rows.ts'
import type { ColumnFacts } from './column-facts.ts'
import { findColumnChanges, type ColumnChanges } from './column-changes.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { withRowMask } from './keep-rows.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet, writeParquet } from './parquet.ts'
import { recount } from './recount.ts'
import { countRepairs, type RepairChanges } from './repair/count-repairs.ts'
import { planRepairs, type ColumnPlan, type RepairPlan } from './repair/plan-repairs.ts'
import type { ColumnWish, OutlierFence } from './repair/rule.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { sliceColumns, type Slice } from './slices.ts'
import { quoteIdentifier } from './sql-text.ts'
import { storedAs } from './storage.ts'

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
  /** An empty folder for copies of columns. */
  readonly scratchFolder: string
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
  request.progress(0.02, 'Looking for cells to repair')
  const slices = await sliceColumns(engine, { path: input, columns: before.columns }, rowsBefore, request.scratchFolder, () => { request.progress(0.02, 'Looking for cells to repair') })
  const findings: Finding[] = []
  const parts: CleanedPart[] = []
  for (const [index, slice] of slices.entries()) {
    const plan = await decideRepairs(engine, request, slice, sqlTypes, rowsBefore, (fraction) => { request.progress(0.05 + (0.25 * (index + fraction)) / slices.length, 'Looking for cells to repair') })
    findings.push(...plan.findings)
    parts.push({ path: slice.path, columns: slice.columns.map((column) => cleanedColumn(column, plan, sqlTypes)) })
  }
  const all = parts.flatMap(({ columns }) => columns)
  request.progress(0.3, 'Counting what changes')
  const { changes, repairs } = await countChanges(engine, parts)
  request.progress(0.45, 'Looking for repeated rows')
  const keep = new Uint8Array(rowsBefore).fill(1)
  const schema: TableSchema = { columns: all.map((column) => column.schema) }
  const cleaned = await cleanParts(engine, parts, request.scratchFolder)
  const rows = await handleDuplicates(engine, cleaned, schema.columns, request, keep)
  const target = all.filter((column) => column.schema.name === goal?.target)
  const targetless = goal === undefined ? 0 : await dropRowsWithoutTarget(engine, cleanedRows(input, target), goal.target, keep)
  return withRowMask(engine, keep, async (kept) => {
    const columns: ColumnSchema[] = []
    const items: string[] = []
    for (const [index, part] of parts.entries()) {
      request.progress(0.6 + (0.2 * index) / parts.length, 'Counting values')
      const stored = part.columns.map(({ schema: { name }, sqlType }): SourceColumn => ({ name, expression: quoteIdentifier(name), sqlType }))
      const counted = await recount(engine, keptRows(cleaned.parts[index]?.from ?? '', kept), stored, { columns: part.columns.map((column) => column.schema) })
      columns.push(...counted.schema.columns)
      items.push(...counted.schema.columns.map((column, at) => storedItem(column, stored[at], counted.facts[at], goal)))
    }
    request.progress(0.8, 'Writing the dataset')
    await writeParquet(engine, `SELECT ${items.join(', ')} FROM ${keptRows(cleaned.from, kept)}`, request.output, 'zstd', items.length)
    const report = { rowsBefore, rowsAfter: keep.reduce((sum, bit) => sum + bit, 0), ...rows, withoutTarget: goal === undefined ? null : { column: goal.target, removed: targetless }, columns: changes, repairs, findings }
    return { schema: { columns: columns.map((column) => (isRepaired(column) ? withoutOneValue(column) : column)) }, report }
  })
}

function decideRepairs(engine: DataEngine, request: CleanRequest, slice: Slice, sqlTypes: ReadonlyMap<string, string>, rows: number, progress: (fraction: number) => void): Promise<RepairPlan> {
  // What is to be predicted stays as it reads, whatever the rules say of other columns.
  const columns = slice.columns
    .filter(({ role }) => role !== 'target')
    .map((column): ColumnPlan => {
      const own = request.columns.get(column.name)
      return { schema: column, sqlType: sqlTypes.get(column.name) ?? 'VARCHAR', modes: { ...request.modes, ...own?.modes }, wish: own?.wish ?? {} }
    })
  return planRepairs({ engine, path: slice.path, rows, columns, fence: request.fence, progress })
}

function cleanedColumn(before: ColumnSchema, plan: RepairPlan, sqlTypes: ReadonlyMap<string, string>): CleanedColumn {
  const schema = plan.columns.find(({ name }) => name === before.name) ?? before
  return { before, schema, sqlType: sqlTypes.get(before.name) ?? 'VARCHAR', untidy: plan.texts.get(before.name)?.untidy !== false }
}

async function countChanges(engine: DataEngine, parts: readonly CleanedPart[]): Promise<{ readonly changes: readonly ColumnChanges[]; readonly repairs: readonly RepairChanges[] }> {
  const changes: ColumnChanges[] = []
  const repairs: RepairChanges[] = []
  for (const { path, columns } of parts) {
    const untidy = columns.filter((column) => column.untidy)
    const stored = untidy.map(({ before: { name }, sqlType }): SourceColumn => ({ name, expression: quoteIdentifier(name), sqlType }))
    changes.push(...(await findColumnChanges(engine, path, untidy.map(({ before }) => before), stored)))
    for (const column of columns.filter(({ schema }) => isRepaired(schema))) repairs.push(...(await countRepairs(engine, tidyRows(path, [column]), column.schema, column.sqlType)))
  }
  return { changes, repairs }
}

function keptRows(from: string, kept: string): string {
  return `(SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${from} WHERE ${kept})`
}

function storedItem(column: ColumnSchema, source: SourceColumn | undefined, facts: ColumnFacts | undefined, goal: Goal | undefined): string {
  if (source === undefined || facts === undefined) throw new Error(`No facts for column "${column.name}"`)
  // A class keeps its spelling: 1.50 stays 1.50.
  const asText = goal !== undefined && isClassification(goal.task) && column.name === goal.target && column.type === 'decimal'
  return asText ? source.expression : storedAs({ source, schema: column, facts })
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
