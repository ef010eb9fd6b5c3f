import { join } from 'node:path'
import { cleanedRows, type CleanedColumn } from './cleaned-rows.ts'
import type { DataEngine } from './engine.ts'
import type { NearPart } from './near-rows.ts'
import { scanParquet, writeParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'

/** Some columns of a dataset, in a file of their own where the table is wide. */
export type CleanedPart = { readonly path: string; readonly columns: readonly CleanedColumn[] }

/** The cleaned cells of a table: SQL after FROM of all columns with row numbers, and of its parts. */
export type CleanedTable = { readonly from: string; readonly parts: readonly NearPart[] }

/**
 * The cleaned cells of the parts. Those of a wide table are written to `folder`: the repairs of thousands of columns in one
 * statement would take minutes to plan.
 */
export async function cleanParts(engine: DataEngine, parts: readonly CleanedPart[], folder: string): Promise<CleanedTable> {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    const from = cleanedRows(only.path, only.columns)
    return { from, parts: [{ from, values: names(only.columns), alone: (at) => cleanedRows(only.path, only.columns.slice(at, at + 1)) }] }
  }
  const files: string[] = []
  const all = parts.reduce((sum, { columns }) => sum + columns.length, 0)
  for (const [index, { path, columns }] of parts.entries()) {
    if (columns.every(isAsItWas)) files.push(path)
    else {
      const file = join(folder, `cleaned-${String(index)}.parquet`)
      await writeParquet(engine, `SELECT ${names(columns).join(', ')} FROM ${cleanedRows(path, columns)}`, file, 'lz4_raw', all)
      files.push(file)
    }
  }
  const numbered = (file: string): string => scanParquet(file, { rowNumbers: true })
  return {
    from: `(SELECT * FROM ${files.map((file, index) => `${index === 0 ? numbered(file) : scanParquet(file)} AS part${index}`).join(' POSITIONAL JOIN ')})`,
    parts: parts.map(({ columns }, index) => {
      const from = numbered(files[index] ?? '')
      return { from, values: names(columns), alone: () => from }
    }),
  }
}

function isAsItWas({ schema, untidy }: CleanedColumn): boolean {
  return !untidy && (schema.repairs ?? []).length === 0
}

function names(columns: readonly CleanedColumn[]): string[] {
  return columns.map(({ schema }) => quoteIdentifier(schema.name))
}
