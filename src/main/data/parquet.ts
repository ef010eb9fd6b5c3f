import { z } from 'zod'
import type { DataEngine } from './engine.ts'
import { quoteLiteral } from './sql-text.ts'

/** Name of the 0-based row number that `scanParquet` can add; no dataset column has it, `uniqueNames` sees to that. */
export const ROW_NUMBER = 'file_row_number'

/** SQL after FROM that scans one Parquet file; `[*?` in its path are taken literally. */
export function scanParquet(path: string, options: { readonly rowNumbers?: boolean } = {}): string {
  return `read_parquet(${quoteLiteral(path)}, hive_partitioning = false, file_row_number = ${options.rowNumbers === true})`
}

const MANY_COLUMNS = 500

/**
 * Writes the rows of `select` to a Parquet file: the same rows give the same bytes, whatever the number of threads. Saying
 * how many `columns` the table has saves time and memory where they are many.
 */
export async function writeParquet(engine: DataEngine, select: string, path: string, compression: 'zstd' | 'lz4_raw' = 'zstd', columns = 0): Promise<void> {
  // Level 1 writes twice as quick as level 3; files are a few percent larger.
  const level = compression === 'zstd' ? ', COMPRESSION_LEVEL 1' : ''
  // Dictionaries of many values cost time: on generated trips (bench/trips.ts) this limit saves 15 to 20 % of the processor time of writing, at the same size.
  // Room for so many is set aside for every column, though, and a mebibyte for its texts: a wide table gets DuckDB's own limit, a fifth of the rows, and 4 KiB.
  // 10,000 columns of 500 rows are written in a third of the processor time so, and in half of the memory.
  const dictionary = columns > MANY_COLUMNS ? 'STRING_DICTIONARY_PAGE_SIZE_LIMIT 4096' : 'DICTIONARY_SIZE_LIMIT 4096'
  // V2: differences of whole numbers and split bytes of decimals take a tenth less space, and are read quicker.
  await engine.run(`COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION ${compression}${level}, ${dictionary}, ROW_GROUP_SIZE 122880, PARQUET_VERSION V2)`)
}

/** How DuckDB stores a column of a relation. */
export type StoredColumn = { readonly name: string; readonly sqlType: string }

/** Names and DuckDB types of the columns of a FROM clause, in order. */
export async function describeRelation(engine: DataEngine, from: string): Promise<StoredColumn[]> {
  const found = await engine.rows(`DESCRIBE SELECT * FROM ${from}`, z.object({ column_name: z.string(), column_type: z.string() }))
  return found.map((column) => ({ name: column.column_name, sqlType: column.column_type }))
}

/** Rows of a FROM clause, e.g. of `scanParquet`, where the file's footer answers. */
export async function countRows(engine: DataEngine, from: string): Promise<number> {
  const [row] = await engine.rows(`SELECT count(*) AS n FROM ${from}`, z.object({ n: z.number() }))
  return row?.n ?? 0
}
