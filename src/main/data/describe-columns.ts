import { z } from 'zod'
import type { ColumnSchema, ColumnType } from '#shared/domain/schema.ts'
import { trimmed, valueText } from './cell.ts'
import { gatherFacts, type ColumnFacts } from './column-facts.ts'
import { countDistinct } from './count-distinct.ts'
import { findDateFormat, type DateReading } from './date-formats.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { columnFindings } from './column-findings.ts'
import { guessRole } from './guess-role.ts'
import { guessType, readsAsNumbers, type TypeGuess } from './guess-type.ts'
import { ALWAYS_MISSING, holdsNumbers, MISSING_AMONG_NUMBERS } from './missing-tokens.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { isOneOf } from './sql-text.ts'
import type { TypeOverride } from './type-override.ts'

/** A column with its schema and the counts that it came from. */
export type DescribedColumn = { readonly source: SourceColumn; readonly schema: ColumnSchema; readonly facts: ColumnFacts; readonly findings: readonly Finding[] }

/**
 * Types, roles, missing tokens and counts of the columns of `from`, over all its rows, with reasons in words. What the
 * user said about a type is taken; that the cells follow it is checked elsewhere.
 */
export async function describeColumns(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  overrides: ReadonlyMap<string, TypeOverride> = new Map(),
  onProgress: (fraction: number) => void = () => undefined,
): Promise<DescribedColumn[]> {
  const facts = await gatherFacts(engine, from, columns)
  const distinct = await countDistinct(engine, from, columns, facts, mayBeKey)
  onProgress(0.5)
  const described: DescribedColumn[] = []
  for (const [index, source] of columns.entries()) {
    const found = facts[index]
    if (found === undefined) throw new Error(`No facts for column ${index}`)
    described.push(await describeColumn(engine, from, source, { ...found, distinct: distinct[index] ?? found.distinct }, overrides.get(source.name)))
    onProgress(0.5 + (0.5 * (index + 1)) / columns.length)
  }
  return described
}

async function describeColumn(engine: DataEngine, from: string, source: SourceColumn, facts: ColumnFacts, override: TypeOverride | undefined): Promise<DescribedColumn> {
  const text = trimmed(source.expression, source.sqlType)
  const value = valueText(text)
  const texts = facts.distinct === 2 ? await twoTexts(engine, from, value) : []
  const dates: DateReading = facts.moment || readsAsNumbers(facts) || facts.values === 0 ? { kind: 'none' } : await findDateFormat(engine, from, value, MISSING_AMONG_NUMBERS)
  const guess = overridden(override, dates) ?? guessType(facts, texts, dates)
  const tokens = await missingTokens(engine, from, text, facts, guess.type)
  const conditional = holdsNumbers(guess.type) ? tokens.filter((token) => !ALWAYS_MISSING.includes(token.text)) : []
  const skipped = conditional.reduce((sum, token) => sum + token.count, 0)
  const distinct = Math.max(0, facts.distinct - conditional.length)
  const role = guessRole(source.name, guess.type, facts, distinct)
  const schema: ColumnSchema = {
    name: source.name,
    type: guess.type,
    role: role.role,
    reason: role.reason === '' ? guess.reason : `${guess.reason}; ${role.reason}`,
    missing: facts.blank + facts.always + skipped,
    distinct,
    missingTokens: tokens.map((token) => token.text),
    ...(guess.format === undefined ? {} : { format: guess.format }),
  }
  return { source, schema, facts, findings: columnFindings(schema, facts, dates) }
}

/** True where all values may differ and that would tell a key. */
function mayBeKey(facts: ColumnFacts): boolean {
  return facts.distinct > facts.values * 0.85 && (!readsAsNumbers(facts) || facts.integers === facts.numbers)
}

async function twoTexts(engine: DataEngine, from: string, value: string): Promise<string[]> {
  const rows = await engine.rows(`SELECT DISTINCT ${value} AS v FROM ${from} ORDER BY v`, z.object({ v: z.string().nullable() }))
  return rows.flatMap(({ v }) => (v === null ? [] : [v]))
}

function overridden(override: TypeOverride | undefined, dates: DateReading): TypeGuess | undefined {
  if (override === undefined) return undefined
  const format = override.format ?? (dates.kind === 'format' ? dates.format : dates.kind === 'ambiguous' ? dates.formats[0] : undefined)
  return { type: override.type, reason: 'set by the user', ...(override.type === 'datetime' && format !== undefined ? { format } : {}) }
}

/** Tokens that mean "no value" and occur in the column, with how often. */
async function missingTokens(engine: DataEngine, from: string, text: string, facts: ColumnFacts, type: ColumnType): Promise<{ text: string; count: number }[]> {
  const amongNumbers = holdsNumbers(type) && (facts.conditional > 0 || facts.infinite > 0)
  if (facts.always === 0 && !amongNumbers) return []
  const tokens = amongNumbers ? [...ALWAYS_MISSING, ...MISSING_AMONG_NUMBERS] : ALWAYS_MISSING
  const infinite = amongNumbers ? ' OR isinf(TRY_CAST(t AS DOUBLE))' : ''
  return engine.rows(
    `SELECT t AS text, count(*) AS count FROM (SELECT ${text} AS t FROM ${from}) WHERE ${isOneOf('t', tokens)}${infinite} GROUP BY t ORDER BY t`,
    z.object({ text: z.string(), count: z.number() }),
  )
}
