import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { gatherFacts, type ColumnFacts } from './column-facts.ts'
import { columnFindings } from './column-findings.ts'
import { countDistinct } from './count-distinct.ts'
import { isDayFirst, type DateReading } from './date-readings.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { guessRole } from './guess-role.ts'
import { guessType, isPlain, type Readings, type TypeGuess } from './guess-type.ts'
import { ALWAYS_MISSING, holdsNumbers } from './missing-tokens.ts'
import { findSentinels } from './sentinels.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import type { TextTally } from './text-tally.ts'
import type { TypeOverride } from './type-override.ts'

/** A column with its schema, the counts that it came from, and the values that do not fit its type. */
export type DescribedColumn = { readonly source: SourceColumn; readonly schema: ColumnSchema; readonly facts: ColumnFacts; readonly findings: readonly Finding[]; readonly strays: readonly string[] }

/** A column to describe. */
export type DescribeColumn = SourceColumn & {
  /** The strptime format that the cells had before they were stored as moments. */
  readonly format?: string | undefined
  /** False where a sample showed texts that are no numbers or dates. */
  readonly mayBeTyped?: boolean | undefined
  /** What its texts were before they were stored, where all of them were looked at. */
  readonly tally?: TextTally | undefined
}

/** What the user said, and what else is known of the file. */
export type DescribeOptions = {
  readonly overrides?: ReadonlyMap<string, TypeOverride>
  /** Further texts that mean "no value", by column. */
  readonly missing?: ReadonlyMap<string, readonly string[]>
  /** True where the file writes decimal commas. */
  readonly decimalComma?: boolean
  readonly onProgress?: (fraction: number) => void
}

/**
 * Types, roles, missing tokens and counts of the columns of `from`, over all its rows, with reasons in words. What the
 * user said about a type is taken; that the cells follow it is checked elsewhere.
 */
export async function describeColumns(engine: DataEngine, from: string, columns: readonly DescribeColumn[], options: DescribeOptions = {}): Promise<DescribedColumn[]> {
  const gathered = await gatherFacts(engine, from, columns, {
    ...(options.missing === undefined ? {} : { missing: options.missing }),
    mayBeTyped: (column) => (column as DescribeColumn).mayBeTyped ?? true,
    tallied: (column) => (column as DescribeColumn).tally,
  })
  options.onProgress?.(0.6)
  const distinct = await countDistinct(engine, from, columns, gathered, mayBeKey)
  const facts = gathered.map((found, index) => ({ ...found, distinct: distinct[index] ?? found.distinct }))
  options.onProgress?.(0.8)
  const dayFirst = commonDayFirst(facts)
  const described: DescribedColumn[] = []
  for (const [index, source] of columns.entries()) {
    const found = facts[index]
    if (found === undefined) throw new Error(`No facts for column ${index}`)
    described.push(await describeColumn(engine, from, source, found, dayFirst, options))
    options.onProgress?.(0.8 + (0.2 * (index + 1)) / columns.length)
  }
  return described
}

async function describeColumn(engine: DataEngine, from: string, source: DescribeColumn, facts: ColumnFacts, dayFirst: boolean | undefined, options: DescribeOptions): Promise<DescribedColumn> {
  const override = options.overrides?.get(source.name)
  const readings = await readingsOf(engine, from, source, facts, dayFirst, override?.decimal === undefined ? options.decimalComma : override.decimal === ',')
  const guess = override === undefined ? guessType(facts, readings) : overridden(override, facts, readings)
  const amongNumbers = holdsNumbers(guess.type)
  const strays = guess.strays ?? new Map<string, number>()
  const custom = new Set(options.missing?.get(source.name))
  const conditional = facts.tokens.filter(({ text }) => !ALWAYS_MISSING.includes(text) && !custom.has(text))
  const skipped = amongNumbers ? [...conditional, ...[...strays].map(([text, count]) => ({ text, count }))] : []
  const tokens = [...facts.tokens.filter((token) => amongNumbers || !conditional.includes(token)).map(({ text }) => text), ...strays.keys(), ...custom]
  const distinct = Math.max(0, facts.distinct - skipped.length)
  const role = guessRole(source.name, guess.type, facts, distinct)
  const schema: ColumnSchema = {
    name: source.name,
    type: guess.type,
    role: role.role,
    reason: role.reason === '' ? guess.reason : `${guess.reason}; ${role.reason}`,
    missing: facts.blank + facts.always + facts.custom + skipped.reduce((sum, { count }) => sum + count, 0),
    distinct,
    missingTokens: [...new Set(tokens)].toSorted(),
    ...(guess.format === undefined ? {} : { format: guess.format }),
    ...(guess.numberFormat === undefined ? {} : { numberFormat: guess.numberFormat }),
  }
  const sentinels = override === undefined ? await findSentinels(engine, from, source, schema, facts) : []
  const findings = columnFindings(schema, facts, readings, { strays, sentinels, isSet: override !== undefined })
  const unfit = findings.some(({ kind }) => kind.startsWith('mostly-')) ? [...(facts.tally?.strays.keys() ?? [])] : []
  return { source, schema, facts, findings, strays: unfit }
}

/** True where all values may differ and that would tell a key. */
function mayBeKey(facts: ColumnFacts): boolean {
  const isNumbers = facts.numbers === facts.values && facts.numbers > 0
  return !facts.moment && facts.distinct > facts.values * 0.85 && (!isNumbers || facts.integers === facts.numbers)
}

async function readingsOf(engine: DataEngine, from: string, source: DescribeColumn, facts: ColumnFacts, dayFirst: boolean | undefined, decimalComma: boolean | undefined): Promise<Readings> {
  const { tally } = facts
  const stored: DateReading =
    source.format === undefined ? { kind: 'none' } : { kind: 'format', format: source.format, count: facts.values, other: undefined, firstYear: facts.years?.[0] ?? 1970, lastYear: facts.years?.[1] ?? 1970 }
  return {
    dates: tally?.dates.decide(dayFirst) ?? stored,
    numbers: (tally?.counts.formatted ?? 0) > 0 || decimalComma === true ? tally?.numbers.decide(decimalComma ?? false) : undefined,
    pair: facts.distinct === 2 ? await twoTexts(engine, from, source, tally?.distinct()) : [],
  }
}

async function twoTexts(engine: DataEngine, from: string, { expression, sqlType }: SourceColumn, known: ReadonlyMap<string, number> | undefined): Promise<string[]> {
  if (known !== undefined) return [...known.keys()].toSorted()
  // Without a tally the column is numbers or moments as DuckDB holds them, or prose, which has more than two texts.
  if (sqlType === 'VARCHAR') return []
  const rows = await engine.rows(`SELECT DISTINCT CAST(${expression} AS VARCHAR) AS v FROM ${from} WHERE ${expression} IS NOT NULL ORDER BY v LIMIT 3`, z.object({ v: z.string() }))
  return rows.map(({ v }) => v)
}

/** Whether days stand before months in the columns of the file where that is beyond doubt, and they agree. */
function commonDayFirst(facts: readonly ColumnFacts[]): boolean | undefined {
  const certain = facts.flatMap(({ tally, values }) => {
    const dates = tally?.dates.decide(undefined)
    if (dates?.kind !== 'format' || dates.other !== undefined || dates.count < values * 0.95) return []
    return /%d.%m.%[Yy]|%m.%d.%[Yy]/.test(dates.format) ? [isDayFirst(dates.format)] : []
  })
  return new Set(certain).size === 1 ? certain[0] : undefined
}

function overridden(override: TypeOverride, { tally }: ColumnFacts, { dates, numbers }: Readings): TypeGuess {
  const format = override.format ?? (dates.kind === 'format' ? dates.format : undefined)
  const reason = 'set by the user'
  if (override.type === 'datetime') return { type: 'datetime', reason, ...(format === undefined ? {} : { format }) }
  const isNumber = (override.type === 'decimal' || override.type === 'integer') && numbers !== undefined && !isPlain(numbers.format, tally?.counts.formatted ?? 0)
  return { type: override.type, reason, ...(isNumber ? { numberFormat: numbers.format } : {}) }
}

