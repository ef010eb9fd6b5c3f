import { z } from 'zod'
import type { Repair } from '#shared/domain/repair.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { numberCell } from '../cell.ts'
import type { DataEngine } from '../engine.ts'
import type { Finding } from '../finding.ts'
import { holdsNumbers } from '../missing-tokens.ts'
import { readColumnNumbers, type ColumnNumbers } from './column-numbers.ts'
import { readColumnTexts, readRepairedTexts, type ColumnTexts } from './column-texts.ts'
import { repairLayers } from './repair-layers.ts'
import { repairedCells } from './repaired-cells.ts'
import type { ColumnWish, Decision, OutlierFence, RepairRule } from './rule.ts'
import { repairRules } from './rules/index.ts'

/** A column and what the user wants of it: modes by rule where they are not the default, and limits. */
export type ColumnPlan = { readonly schema: ColumnSchema; readonly sqlType: string; readonly modes: Readonly<Record<string, string>>; readonly wish: ColumnWish }

/** What to look for, and where. */
export type RepairWork = {
  readonly engine: DataEngine
  readonly path: string
  readonly rows: number
  /** Columns that may be changed; the target is none of them. */
  readonly columns: readonly ColumnPlan[]
  readonly fence: OutlierFence
  progress(fraction: number): void
}

/** What was decided: columns with their repairs, in order, what to tell, and the distinct values that were read. */
export type RepairPlan = { readonly columns: readonly ColumnSchema[]; readonly findings: readonly Finding[]; readonly texts: ReadonlyMap<string, ColumnTexts> }

/** Asks every rule about every column, in the order of the rules; a later rule sees what earlier ones repaired. */
export async function planRepairs(work: RepairWork): Promise<RepairPlan> {
  const { engine, path, rows, columns } = work
  const texts = await readColumnTexts(engine, path, columns.filter(({ sqlType }) => sqlType === 'VARCHAR').map(({ schema }) => schema))
  work.progress(0.4)
  const watched = columns.filter((column) => holdsNumbers(column.schema.type) && repairRules.some((rule) => looksAt(rule, column)))
  const numbers = await readColumnNumbers(engine, path, rows, watched)
  work.progress(0.7)
  const planned: ColumnSchema[] = []
  const findings: Finding[] = []
  for (const [index, column] of columns.entries()) {
    const decided = await planColumn(work, column, texts.get(column.schema.name), numbers.get(column.schema.name))
    planned.push(decided.schema)
    findings.push(...decided.findings)
    if (index % 50 === 0) work.progress(0.7 + (0.3 * index) / columns.length)
  }
  return { columns: planned, findings, texts }
}

function modeOf(rule: RepairRule, modes: ColumnPlan['modes']): string {
  return modes[rule.id] ?? rule.modes[0]
}

function looksAt(rule: RepairRule, { schema, sqlType, modes, wish }: ColumnPlan): boolean {
  return modeOf(rule, modes) !== 'off' && rule.looksAt(schema, sqlType, wish)
}

/** What all rules decide about one column. Facts are read again only after a repair. */
async function planColumn(work: RepairWork, plan: ColumnPlan, firstTexts: ColumnTexts | undefined, firstNumbers: ColumnNumbers | undefined): Promise<{ schema: ColumnSchema; findings: readonly Finding[] }> {
  const { engine, path, rows, fence } = work
  const findings: Finding[] = []
  let column = plan.schema
  let texts = firstTexts
  let numbers = firstNumbers
  for (const rule of repairRules) {
    if (!looksAt(rule, { ...plan, schema: column })) continue
    const seen = column
    const decision: Decision = await rule.decide({
      engine,
      path,
      rows,
      fence,
      column,
      sqlType: plan.sqlType,
      mode: modeOf(rule, plan.modes),
      wish: plan.wish,
      texts: async () => (texts ??= await readRepairedTexts(engine, path, seen)),
      numbers: async () => (numbers ??= await numbersOf(work, { ...plan, schema: seen })),
      countUnread: (repair, as) => countUnread(work, { ...plan, schema: seen }, repair, as),
      countChanged: (...repairs) => countChanged(work, { ...plan, schema: seen }, repairs),
    })
    findings.push(...(decision.findings ?? []))
    const { repairs = [] } = decision
    if (repairs.length === 0) continue
    column = { ...(decision.column ?? column), repairs: [...(column.repairs ?? []), ...repairs] }
    texts = undefined
    numbers = undefined
  }
  return { schema: column, findings }
}

async function numbersOf({ engine, path, rows }: RepairWork, plan: ColumnPlan): Promise<ColumnNumbers> {
  const found = await readColumnNumbers(engine, path, rows, [plan])
  return found.get(plan.schema.name) ?? { values: 0, minimum: null, maximum: null, quartiles: null, spread: null }
}

/** Cells that the last of the repairs would change after all before it. */
async function countChanged({ engine, path }: RepairWork, { schema, sqlType }: Pick<ColumnPlan, 'schema' | 'sqlType'>, repairs: readonly Repair[]): Promise<number> {
  const before = repairedCells(path, schema, sqlType, repairs.slice(0, -1))
  const { from, expressions } = repairLayers([{ schema: { ...schema, repairs: repairs.slice(-1) }, expression: 'cell', sqlType }], before)
  const [row] = await engine.rows(`SELECT count(*) FILTER (${expressions[0] ?? ''} IS DISTINCT FROM cell) AS n FROM ${from}`, z.object({ n: z.number() }))
  return row?.n ?? 0
}

/** Cells that hold something after a repair and yet are no number or date as `column` reads them. */
async function countUnread({ engine, path }: RepairWork, plan: Pick<ColumnPlan, 'schema' | 'sqlType'>, repair: Repair, column: ColumnSchema): Promise<number> {
  const number = numberCell({ raw: 'cell', text: 'cell' }, plan.sqlType, column)
  const [row] = await engine.rows(`SELECT count(*) FILTER (cell IS NOT NULL AND ${number} IS NULL) AS n FROM ${repairedCells(path, plan.schema, plan.sqlType, [repair])}`, z.object({ n: z.number() }))
  return row?.n ?? 0
}
