import { z } from 'zod'
import type { DataEngine } from './engine.ts'
import { isMoment, parsedNumber, trimmed, valueText } from './cell.ts'
import { MISSING_AMONG_NUMBERS } from './missing-tokens.ts'
import { isOneOf } from './sql-text.ts'
import type { SourceColumn } from './sources/source-reader.ts'

const factsSchema = z.object({
  /** Cells that are NULL or white space. */
  blank: z.number(),
  /** Cells with white space around their text (or nothing but white space). */
  padded: z.number(),
  /** Cells with one of the tokens that always mean "no value". */
  always: z.number(),
  /** Cells with a token that means "no value" among numbers. */
  conditional: z.number(),
  /** Cells that are neither blank nor `always`: the values. */
  values: z.number(),
  /** Values that are numbers, infinite ones included. */
  numbers: z.number(),
  infinite: z.number(),
  /** Values that are integers exactly as they would be written back, within ±(2^53 − 1). */
  integers: z.number(),
  /** Values of digits alone that are too large to be exact numbers. */
  hugeIntegers: z.number(),
  /** Values such as 007. */
  leadingZeros: z.number(),
  /** Distinct values, by HyperLogLog; `countDistinct` is exact. */
  distinct: z.number(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  shortest: z.number().nullable(),
  longest: z.number().nullable(),
  /** Mean number of words per value. */
  words: z.number().nullable(),
})

/** What one scan says about a column: counts over all rows. */
export type ColumnFacts = z.infer<typeof factsSchema> & { readonly moment: boolean }

/** Columns per statement: DuckDB's planning time grows with the square of the expressions, and Parquet is read by column anyway. */
const BATCH = 3

/** Facts about every column of `from`, in order; three columns to a scan. */
export async function gatherFacts(engine: DataEngine, from: string, columns: readonly SourceColumn[]): Promise<ColumnFacts[]> {
  const facts: ColumnFacts[] = []
  for (let start = 0; start < columns.length; start += BATCH) {
    const batch = columns.slice(start, start + BATCH)
    const [row] = await engine.rows(factsQuery(from, batch), z.record(z.string(), z.unknown()))
    batch.forEach(({ sqlType }, index) => {
      facts.push({ ...factsSchema.parse(row?.[`f${index}`]), moment: isMoment(sqlType) })
    })
  }
  return facts
}

function factsQuery(from: string, columns: readonly SourceColumn[]): string {
  const cells = columns.flatMap(({ expression, sqlType }, i) => [`${expression} AS raw${i}`, `${trimmed(expression, sqlType)} AS text${i}`])
  const values = columns.flatMap((_, i) => [
    `raw${i}`,
    `text${i}`,
    `${valueText(`text${i}`)} AS value${i}`,
  ])
  const parsed = columns.flatMap(({ sqlType }, i) => [
    `raw${i}`,
    `text${i}`,
    `value${i}`,
    `${isMoment(sqlType) ? 'NULL::DOUBLE' : parsedNumber(`value${i}`)} AS number${i}`,
  ])
  const integers = columns.map((_, i) => `CASE WHEN number${i} IS NOT NULL THEN TRY_CAST(value${i} AS BIGINT) END AS integer${i}`)
  const aggregates = columns.map(({ sqlType }, i) => `${factsStruct(i, sqlType)} AS f${i}`)
  return `SELECT ${aggregates.join(', ')} FROM (SELECT *, ${integers.join(', ')} FROM (SELECT ${parsed.join(', ')} FROM (SELECT ${values.join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from}))))`
}

function factsStruct(i: number, sqlType: string): string {
  const [raw, text, value, number, integer] = [`raw${i}`, `text${i}`, `value${i}`, `number${i}`, `integer${i}`]
  return `{
    'blank': count(*) FILTER (${text} IS NULL OR ${text} = ''),
    'padded': ${sqlType === 'VARCHAR' ? `count(*) FILTER (${raw} <> ${text})` : '0'},
    'always': count(*) FILTER (${value} IS NULL AND ${text} <> ''),
    'conditional': count(CASE WHEN ${number} IS NULL AND ${isOneOf(value, MISSING_AMONG_NUMBERS)} THEN 1 END),
    'values': count(${value}),
    'numbers': count(${number}),
    'infinite': count(*) FILTER (isinf(${number})),
    'integers': count(*) FILTER (CAST(${integer} AS VARCHAR) = ${value} AND ${integer} BETWEEN -9007199254740991 AND 9007199254740991),
    'hugeIntegers': count(CASE WHEN abs(${number}) >= 9007199254740992 THEN CASE WHEN regexp_full_match(${value}, '[-+]?[0-9]+') THEN 1 END END),
    'leadingZeros': count(CASE WHEN ${value} LIKE '0_%' OR ${value} LIKE '-0_%' THEN CASE WHEN regexp_full_match(${value}, '-?0[0-9]+') THEN 1 END END),
    'distinct': approx_count_distinct(${value}),
    'minimum': min(${number}) FILTER (isfinite(${number})),
    'maximum': max(${number}) FILTER (isfinite(${number})),
    'shortest': min(length(${value})),
    'longest': max(length(${value})),
    'words': avg(CASE WHEN ${number} IS NULL THEN length(${value}) - length(replace(${value}, ' ', '')) + 1 ELSE 1 END)
  }`
}
