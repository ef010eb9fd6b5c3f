import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { trimmed } from './cell.ts'
import type { DataEngine } from './engine.ts'
import { missingTexts } from './missing-tokens.ts'
import { ROW_NUMBER, scanParquet } from './parquet.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { isOneOf } from './sql-text.ts'

/** Cells of one column that cleaning changes, with up to three examples of each kind; rows count from 1. */
export type ColumnChanges = {
  readonly column: string
  /** Cells that lose white space around their text. */
  readonly trimmed: number
  /** Cells that become missing: white space alone, or a token such as "?". */
  readonly madeMissing: number
  readonly examples: readonly { readonly row: number; readonly from: string; readonly to: string | null }[]
}

/** Columns per statement: planning time grows with the square of the expressions. */
const BATCH = 10

/** What cleaning will change in each column of a dataset; columns without changes are left out. */
export async function findColumnChanges(engine: DataEngine, path: string, columns: readonly ColumnSchema[], stored: readonly SourceColumn[]): Promise<ColumnChanges[]> {
  const texts = columns.flatMap((schema, index) => {
    const source = stored[index]
    return source?.sqlType === 'VARCHAR' ? [{ schema, source }] : []
  })
  const changes: ColumnChanges[] = []
  for (let start = 0; start < texts.length; start += BATCH) {
    const batch = texts.slice(start, start + BATCH)
    const items = batch.map(({ schema, source }, i) => `{'missing': count(*) FILTER (${madeMissing(schema, source)}), 'trimmed': count(*) FILTER (${losesSpace(source)} AND NOT ${madeMissing(schema, source)})} AS c${i}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${scanParquet(path)}`, z.record(z.string(), z.object({ missing: z.number(), trimmed: z.number() })))
    for (const [i, { schema, source }] of batch.entries()) {
      const counts = row?.[`c${i}`]
      if (counts === undefined || counts.missing + counts.trimmed === 0) continue
      changes.push({ column: schema.name, trimmed: counts.trimmed, madeMissing: counts.missing, examples: await findExamples(engine, path, schema, source) })
    }
  }
  return changes
}

function madeMissing(schema: ColumnSchema, { expression, sqlType }: SourceColumn): string {
  const text = trimmed(expression, sqlType)
  const infinite = schema.type === 'integer' || schema.type === 'decimal' ? ` OR isinf(TRY_CAST(${text} AS DOUBLE))` : ''
  return `(${expression} IS NOT NULL AND (${isOneOf(text, ['', ...missingTexts(schema)])}${infinite}))`
}

function losesSpace({ expression, sqlType }: SourceColumn): string {
  return `(${expression} <> ${trimmed(expression, sqlType)})`
}

async function findExamples(engine: DataEngine, path: string, schema: ColumnSchema, source: SourceColumn): Promise<ColumnChanges['examples']> {
  const missing = madeMissing(schema, source)
  const rows = await engine.rows(
    `SELECT row, before, after FROM (
       SELECT ${ROW_NUMBER} + 1 AS row, ${source.expression} AS before, CASE WHEN ${missing} THEN NULL ELSE ${trimmed(source.expression, source.sqlType)} END AS after
       FROM ${scanParquet(path, { rowNumbers: true })} WHERE ${missing} OR ${losesSpace(source)}
     ) QUALIFY row_number() OVER (PARTITION BY after IS NULL ORDER BY row) <= 3 ORDER BY row`,
    z.object({ row: z.number(), before: z.string(), after: z.string().nullable() }),
  )
  return rows.map(({ row, before, after }) => ({ row, from: before, to: after }))
}
