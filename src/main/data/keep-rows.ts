import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'

/**
 * Runs `work` with an SQL condition that holds for the rows whose mask entry is 1 (rows of a scan with row numbers). A
 * plain filter keeps the order of rows, which a join need not.
 */
export async function withRowMask<T>(engine: DataEngine, mask: Uint8Array, work: (condition: string) => Promise<T>): Promise<T> {
  if (!mask.includes(0)) return work('true')
  await engine.run('CREATE OR REPLACE TABLE row_mask (bits BIT)')
  try {
    // Bits as the text 0101…, the form in which DuckDB takes a BIT value.
    await engine.run('INSERT INTO row_mask SELECT CAST($1 AS BIT)', [Buffer.from(mask.map((bit) => bit + 48)).toString('latin1')])
    return await work(`get_bit((SELECT bits FROM row_mask), CAST(${ROW_NUMBER} AS INTEGER)) = 1`)
  } finally {
    await engine.run('DROP TABLE row_mask')
  }
}
