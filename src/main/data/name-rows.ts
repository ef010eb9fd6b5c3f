import { z } from 'zod'
import { trimmed } from './cell.ts'
import type { DescribedColumn } from './describe-columns.ts'
import type { DataEngine } from './engine.ts'
import type { Finding } from './finding.ts'
import { ROW_NUMBER, scanParquet } from './parquet.ts'
import { isOneOf } from './sql-text.ts'

const SHOWN = 3

/** The findings of a column of a dataset file; those about cells that do not fit name the first rows that hold such cells. */
export async function nameRows(engine: DataEngine, path: string, { source, schema, findings, strays }: DescribedColumn): Promise<readonly Finding[]> {
  if (strays.length === 0) return findings
  const rows = await engine.rows(
    `SELECT ${ROW_NUMBER} + 1 AS row, t AS text FROM (SELECT ${ROW_NUMBER}, ${trimmed(source.expression, source.sqlType)} AS t FROM ${scanParquet(path, { rowNumbers: true })})
     WHERE ${isOneOf('t', strays)} ORDER BY ${ROW_NUMBER} LIMIT ${SHOWN}`,
    z.object({ row: z.number(), text: z.string() }),
  )
  const named = rows.map(({ row, text }) => `row ${row}: "${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`).join(', ')
  return findings.map((finding) => (finding.kind.startsWith('mostly-') && finding.column === schema.name ? { ...finding, message: `${finding.message} First ${rows.length === 1 ? 'seen' : 'ones'}: ${named}.` } : finding))
}
