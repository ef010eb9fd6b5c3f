import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import { missingTexts } from '../missing-tokens.ts'
import { scanParquet } from '../parquet.ts'
import { quoteIdentifier } from '../sql-text.ts'
import { repairedCells } from './repaired-cells.ts'

/** A distinct value of a column and in how many rows it stands. */
export type CountedText = { readonly text: string; readonly rows: number }

/** Distinct values of a column of texts, the most frequent first; "no value" is none of them. */
export type ColumnTexts = {
  readonly values: readonly CountedText[]
  /** False where there are more values than were read, or some are too long to be spellings of one another. */
  readonly complete: boolean
  /** True where some cell as it is stored has white space around it or means "no value". */
  readonly untidy: boolean
}

/** Distinct values that are looked at in one column. */
export const MOST_VALUES = 20_000
/** Bytes of the longest value that is looked at. */
const LONGEST = 400
/** Distinct values up to which DuckDB may gather those of many columns at once. */
const FEW_VALUES = 1_000
const BATCH = 40

const histogramSchema = z.object({ values: z.array(z.object({ key: z.string(), value: z.number() })).nullable(), long: z.number() })

/**
 * Distinct values of the columns of texts in a dataset. Columns of few values are gathered many to a statement, so that a
 * table of thousands of columns takes seconds; of the others the 20,000 most frequent values are read.
 */
export async function readColumnTexts(engine: DataEngine, path: string, columns: readonly ColumnSchema[]): Promise<ReadonlyMap<string, ColumnTexts>> {
  const found = new Map<string, ColumnTexts>()
  const few = columns.filter(({ distinct }) => distinct <= FEW_VALUES)
  for (let start = 0; start < few.length; start += BATCH) {
    const batch = few.slice(start, start + BATCH)
    const items = batch.map(({ name }, index) => {
      const cell = quoteIdentifier(name)
      return `{'values': histogram(CASE WHEN strlen(${cell}) <= ${LONGEST} THEN ${cell} END), 'long': count(*) FILTER (strlen(${cell}) > ${LONGEST})} AS c${index}`
    })
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${scanParquet(path)}`, z.record(z.string(), histogramSchema))
    batch.forEach((column, index) => {
      const histogram = row?.[`c${index}`]
      if (histogram !== undefined) found.set(column.name, tidied(column, histogram))
    })
  }
  for (const column of columns.filter(({ distinct }) => distinct > FEW_VALUES)) found.set(column.name, await readRepairedTexts(engine, path, column))
  return found
}

/** The same of one column, after the repairs of its schema. */
export async function readRepairedTexts(engine: DataEngine, path: string, schema: ColumnSchema): Promise<ColumnTexts> {
  // Free text and keys hardly repeat: to read them all would only fill the memory.
  const sampled = schema.type === 'text' || schema.role === 'identifier'
  const from = sampled ? `(SELECT * FROM ${repairedCells(path, schema, 'VARCHAR')} LIMIT ${MOST_VALUES})` : repairedCells(path, schema, 'VARCHAR')
  const rows = await engine.rows(
    `SELECT text, count(*) AS rows FROM (SELECT substr(cell, 1, ${LONGEST + 1}) AS text FROM ${from}) GROUP BY text ORDER BY rows DESC, text LIMIT ${MOST_VALUES + 1}`,
    z.object({ text: z.string().nullable(), rows: z.number() }),
  )
  const values = rows.slice(0, MOST_VALUES).flatMap(({ text, rows: count }) => (text === null || text === '' || text.length > LONGEST ? [] : [{ text, rows: count }]))
  return { values, complete: !sampled && rows.length <= MOST_VALUES, untidy: true }
}

function tidied(column: ColumnSchema, { values, long }: z.infer<typeof histogramSchema>): ColumnTexts {
  const tokens = new Set(['', ...missingTexts(column)])
  const counts = new Map<string, number>()
  let untidy = long > 0
  for (const { key, value } of values ?? []) {
    const text = key.trim()
    if (text !== key || tokens.has(text)) untidy = true
    if (!tokens.has(text)) counts.set(text, (counts.get(text) ?? 0) + value)
  }
  const sorted = [...counts].map(([text, rows]) => ({ text, rows })).toSorted((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1))
  return { values: sorted, complete: long === 0, untidy }
}
