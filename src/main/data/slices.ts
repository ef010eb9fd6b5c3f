import { join } from 'node:path'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { scanParquet, writeParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'

/** Some columns of a table in a Parquet file of their own, rows in the table's order. */
export type Slice = { readonly path: string; readonly columns: readonly ColumnSchema[] }

/** Columns from which on a table is cut into files: every statement binds all columns of the file that it reads. */
const WIDE = 500
const SLICE_COLUMNS = 300
/** Rows of the longest table that is cut: of longer ones the rows take the time, and the copy would take the disk. */
const MOST_ROWS = 100_000

/**
 * A wide table as files of 300 columns each, written to `folder`, so that a statement about few columns costs as much as in a
 * narrow table; any other table as it is, in one slice.
 */
export async function sliceColumns(engine: DataEngine, table: Slice, rows: number, folder: string, progress: () => void): Promise<readonly Slice[]> {
  const { path, columns } = table
  if (!isCut(columns.length, rows)) return [table]
  const slices: Slice[] = []
  for (let start = 0; start < columns.length; start += SLICE_COLUMNS) {
    progress()
    const some = columns.slice(start, start + SLICE_COLUMNS)
    const slice = { path: join(folder, `slice-${String(slices.length)}.parquet`), columns: some }
    await writeParquet(engine, `SELECT ${some.map(({ name }) => quoteIdentifier(name)).join(', ')} FROM ${scanParquet(path)}`, slice.path, 'lz4_raw', columns.length)
    slices.push(slice)
  }
  return slices
}

/** Bytes on disk that the slices of a table take at most: LZ4 packs less than the Zstandard of its file. */
export function sliceBytes(columns: number, rows: number, fileBytes: number): number {
  return isCut(columns, rows) ? 3 * fileBytes : 0
}

function isCut(columns: number, rows: number): boolean {
  return columns > WIDE && rows <= MOST_ROWS
}
