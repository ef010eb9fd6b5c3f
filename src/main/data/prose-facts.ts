import { z } from 'zod'
import { parsedNumber, trimmed, valueText } from './cell.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import { ALWAYS_MISSING, MISSING_AMONG_NUMBERS } from './missing-tokens.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { isOneOf } from './sql-text.ts'

const factsSchema = z.object({
  blank: z.number(),
  padded: z.number(),
  always: z.number(),
  custom: z.number(),
  conditional: z.number(),
  values: z.number(),
  numbers: z.number(),
  infinite: z.number(),
  integers: z.number(),
  hugeIntegers: z.number(),
  leadingZeros: z.number(),
  distinct: z.number(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  shortest: z.number().nullable(),
  longest: z.number().nullable(),
  words: z.number().nullable(),
})

/** Facts of a long column of many different texts, counted by DuckDB in one scan; dates and formatted numbers are not looked for. */
export async function readProseFacts(engine: DataEngine, from: string, column: SourceColumn, missing: readonly string[]): Promise<ColumnFacts> {
  const [row] = await engine.rows(factsQuery(from, column, missing), z.object({ f: factsSchema }))
  if (row === undefined) throw new Error('Aggregates without a row')
  const { f } = row
  const tokens = f.always + f.conditional + f.infinite + f.custom > 0 ? await readTokens(engine, from, column, missing) : []
  return { ...f, exactDistinct: false, moment: false, years: undefined, tokens, edges: undefined, tally: undefined }
}

function factsQuery(from: string, { expression, sqlType }: SourceColumn, missing: readonly string[]): string {
  const custom = missing.length === 0 ? 'false' : isOneOf('text', missing)
  const layers = [
    `SELECT ${expression} AS raw, ${trimmed(expression, sqlType)} AS text FROM ${from}`,
    `SELECT raw, text, CASE WHEN ${custom} THEN NULL ELSE ${valueText('text')} END AS value`,
    `SELECT *, ${parsedNumber('value')} AS number`,
    'SELECT *, CASE WHEN number IS NOT NULL THEN TRY_CAST(value AS BIGINT) END AS integer',
  ]
  const rows = layers.reduce((below, layer) => `${layer} FROM (${below})`)
  return `SELECT {
    'blank': count(*) FILTER (text IS NULL OR text = ''),
    'padded': ${sqlType === 'VARCHAR' ? 'count(*) FILTER (raw <> text)' : '0'},
    'always': count(*) FILTER (value IS NULL AND text <> '' AND NOT ${custom}),
    'custom': count(*) FILTER (${custom}),
    'conditional': count(CASE WHEN number IS NULL AND ${isOneOf('value', MISSING_AMONG_NUMBERS)} THEN 1 END),
    'values': count(value),
    'numbers': count(number),
    'infinite': count(*) FILTER (isinf(number)),
    'integers': count(*) FILTER (CAST(integer AS VARCHAR) = value AND integer BETWEEN -9007199254740991 AND 9007199254740991),
    'hugeIntegers': count(CASE WHEN abs(number) >= 9007199254740992 THEN CASE WHEN regexp_full_match(value, '[-+]?[0-9]+') THEN 1 END END),
    'leadingZeros': count(CASE WHEN value LIKE '0_%' OR value LIKE '-0_%' THEN CASE WHEN regexp_full_match(value, '-?0[0-9]+') THEN 1 END END),
    'distinct': approx_count_distinct(value),
    'minimum': min(number) FILTER (isfinite(number)),
    'maximum': max(number) FILTER (isfinite(number)),
    'shortest': min(length(value)),
    'longest': max(length(value)),
    'words': avg(CASE WHEN number IS NULL THEN length(value) - length(replace(value, ' ', '')) + 1 ELSE 1 END)
  } AS f FROM (${rows})`
}

async function readTokens(engine: DataEngine, from: string, { expression, sqlType }: SourceColumn, missing: readonly string[]): Promise<{ text: string; count: number }[]> {
  const tokens = [...ALWAYS_MISSING, ...MISSING_AMONG_NUMBERS, ...missing]
  return engine.rows(
    `SELECT t AS text, count(*) AS count FROM (SELECT ${trimmed(expression, sqlType)} AS t FROM ${from}) WHERE ${isOneOf('t', tokens)} OR isinf(TRY_CAST(t AS DOUBLE)) GROUP BY t ORDER BY t`,
    z.object({ text: z.string(), count: z.number() }),
  )
}
