import { z } from 'zod'
import type { ColumnType } from '#shared/domain/schema.ts'
import { factsOf } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import type { CellSpelling } from './sources/delimited/cell-spellings.ts'
import type { PlainSource, SourceColumn } from './sources/source-reader.ts'
import { quoteIdentifier } from './sql-text.ts'
import { tallyHead } from './tally-cells.ts'
import type { TextTally } from './text-tally.ts'

/** DuckDB's type of a column in a dataset file. */
export type Storage = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'DATE' | 'TIMESTAMP'

/** How a column of a source goes into a dataset file. */
export type StoragePlan = {
  readonly source: SourceColumn
  readonly storage: Storage
  /** The strptime format of the texts that become a DATE or TIMESTAMP. */
  readonly format: string | undefined
  /** True where the sample's texts read as numbers or dates, so that every text is worth looking at. */
  readonly mayBeTyped: boolean
  /** True where each cell is yet to be checked, because the sample was not the whole file. */
  readonly check: boolean
  /** Where the sample was the whole file: what its texts are. */
  readonly tally?: TextTally
}

/** Rows at the head of a source that storage is decided from. */
const SAMPLE_ROWS = 8192
const SAMPLE_CELLS = 12_000_000
/** Decimals with few distinct values stay text, because they may be classes ("1.0") whose spelling must come back. */
const DECIMALS_AS_TEXT = 100

/**
 * How to store each column of a source, from its first rows: text becomes a number or a moment only where writing it back
 * would give the same text (decimals: the same value).
 */
export async function planStorage(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  types: ReadonlyMap<string, ColumnType>,
  missing: ReadonlyMap<string, readonly string[]>,
  decimalComma: boolean,
): Promise<StoragePlan[]> {
  const limit = Math.max(200, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / columns.length)))
  const texts = columns.filter(({ sqlType }) => sqlType === 'VARCHAR')
  const { tallies, whole } = await tallyHead(engine, from, texts, ({ name }) => missing.get(name) ?? [], limit, DECIMALS_AS_TEXT)
  const tallyOf = new Map(texts.map(({ name }, index) => [name, tallies[index]]))
  return columns.map((source): StoragePlan => {
    const tally = tallyOf.get(source.name)
    if (tally === undefined) return { source, storage: source.sqlType as Storage, format: undefined, mayBeTyped: false, check: true }
    const { counts } = tally
    const rows = counts.blank + counts.always + counts.custom + counts.values
    const guess = storageOf(tally, types.get(source.name), decimalComma)
    const mayBeTyped = counts.numbers + counts.formatted + counts.dates >= 0.5 * counts.values || types.has(source.name)
    return { source, ...guess, mayBeTyped, check: rows >= limit, ...(whole ? { tally } : {}) }
  })
}

function storageOf(tally: TextTally, type: ColumnType | undefined, decimalComma: boolean): Pick<StoragePlan, 'storage' | 'format'> {
  const text = { storage: 'VARCHAR', format: undefined } as const
  const { counts } = tally
  const facts = factsOf(tally, false)
  if (counts.values === 0 || counts.padded + counts.always + counts.custom + counts.infinite > 0) return text
  const dates = tally.dates.decide(undefined)
  if (dates.kind === 'format' && dates.count === counts.values) {
    if (type !== undefined && type !== 'datetime') return text
    const { format } = dates
    return format === '%Y-%m-%d' ? { storage: 'DATE', format } : format === '%Y-%m-%d %H:%M:%S' ? { storage: 'TIMESTAMP', format } : text
  }
  if (counts.integers === counts.values) return { storage: 'BIGINT', format: undefined }
  const varied = !facts.exactDistinct || facts.distinct > DECIMALS_AS_TEXT
  // 1.234 may be a thousand there.
  if (decimalComma && tally.numbers.decide(true)?.other !== undefined) return text
  const isCode = counts.leadingZeros + counts.hugeIntegers > 0
  if (counts.numbers === counts.values && varied && !isCode && (type === undefined || type === 'decimal')) return { storage: 'DOUBLE', format: undefined }
  return text
}

/** SELECT that gives the rows of a source as they are stored, under final names; a cell that contradicts its plan stops it. */
export function storedRows(plans: readonly StoragePlan[], from: string): string {
  const checked = plans.map((plan) => plan.check && isPlanned(plan))
  // Two layers, so that each cell is converted once.
  const cells = plans.flatMap((plan, index) => (checked[index] === true ? [`${plan.source.expression} AS cell${index}`, `${attempted(plan)} AS value${index}`] : [`${converted(plan)} AS value${index}`]))
  const items = plans.map((plan, index) => {
    const value = checked[index] === true ? `CASE WHEN ${contradiction(plan, `cell${index}`, `value${index}`)} THEN error('contradiction') ELSE value${index} END` : `value${index}`
    return `${value} AS ${quoteIdentifier(plan.source.name)}`
  })
  return `SELECT ${items.join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from})`
}

/** How texts must be spelt to become what their column is stored as and to be had back. */
const SPELLINGS: Readonly<Record<Storage, CellSpelling>> = { VARCHAR: 'any', BIGINT: 'integer', DOUBLE: 'decimal', DATE: 'day', TIMESTAMP: 'moment' }

/**
 * How a source can be read as it is stored without looking at each cell in SQL: the SELECT, and the spellings that say whether
 * that is right. Undefined where it is no plain text, or nothing is to be checked.
 */
export function plainRows(plans: readonly StoragePlan[], plain: PlainSource | undefined): { readonly select: string; readonly spellings: readonly CellSpelling[] } | undefined {
  if (plain === undefined || !plans.some((plan) => plan.check && isPlanned(plan))) return undefined
  const items = plans.map(({ source }) => `${source.expression} AS ${quoteIdentifier(source.name)}`)
  return { select: `SELECT ${items.join(', ')} FROM ${plain.from(plans.map(({ storage }) => storage))}`, spellings: plans.map(({ storage }) => SPELLINGS[storage]) }
}

/** Plans that hold for every cell: a column of text that some cell contradicts is stored as it reads. */
export async function confirmPlans(engine: DataEngine, from: string, plans: readonly StoragePlan[]): Promise<StoragePlan[]> {
  const doubtful = plans.flatMap((plan, index) => (plan.check && isPlanned(plan) ? [{ plan, index }] : []))
  const contradicted = new Set<number>()
  for (let start = 0; start < doubtful.length; start += 50) {
    const batch = doubtful.slice(start, start + 50)
    const cells = batch.map(({ plan, index }) => `${plan.source.expression} AS cell${index}, ${attempted(plan)} AS value${index}`)
    const items = batch.map(({ plan, index }) => `count(*) FILTER (${contradiction(plan, `cell${index}`, `value${index}`)}) AS n${index}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from})`, z.record(z.string(), z.number()))
    for (const { index } of batch) if ((row?.[`n${index}`] ?? 0) > 0) contradicted.add(index)
  }
  return plans.map((plan, index) => ({ ...plan, check: false, ...(contradicted.has(index) ? { storage: 'VARCHAR' as const, format: undefined, mayBeTyped: true } : {}) }))
}

/** True where cells may contradict the plan: texts that become something else, integers too long to be numbers. */
function isPlanned({ source, storage }: StoragePlan): boolean {
  return source.sqlType === 'VARCHAR' ? storage !== 'VARCHAR' : source.sqlType === 'BIGINT'
}

/** SQL that is true where `value`, the conversion of `cell`, would not give the cell back. */
function contradiction({ source, storage }: StoragePlan, cell: string, value: string): string {
  if (source.sqlType === 'BIGINT') return `${cell} NOT BETWEEN -9007199254740991 AND 9007199254740991`
  if (storage === 'DOUBLE') {
    // Signs and digits sort between '+' and ':'; '00' to '0:' are codes such as 007; long digits are no exact numbers.
    const codes = `(${cell} >= '00' AND ${cell} < '0:') OR (strlen(${cell}) >= 16 AND NOT contains(${cell}, '.'))`
    return `${cell} IS NOT NULL AND (${value} IS NULL OR ${cell} < '+' OR ${cell} >= ':' OR ends_with(${cell}, ' ') OR contains(${cell}, '_') OR ${codes})`
  }
  const bounds = storage === 'BIGINT' ? ` OR ${value} NOT BETWEEN -9007199254740991 AND 9007199254740991` : ''
  return `${cell} IS NOT NULL AND (CAST(${value} AS VARCHAR) IS DISTINCT FROM ${cell}${bounds})`
}

function attempted({ source, storage }: StoragePlan): string {
  return source.sqlType === 'VARCHAR' ? `TRY_CAST(${source.expression} AS ${storage})` : source.expression
}

function converted({ source, storage }: StoragePlan): string {
  const { expression: cell, sqlType } = source
  if (sqlType === 'DOUBLE') return `CASE WHEN isfinite(${cell}) THEN ${cell} END`
  return sqlType === storage ? cell : `CAST(${cell} AS ${storage})`
}
