import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'
import { readRowNumbers } from './read-row-numbers.ts'
import { quoteIdentifier } from './sql-text.ts'

/**
 * 0-based numbers of the rows that repeat an earlier row in every column, in order. Hashes find the candidates, so that
 * whole rows are compared only where they may be equal. `from` scans the columns `names` and the row number.
 */
export async function findRepeatedRows(engine: DataEngine, from: string, names: readonly string[]): Promise<Int32Array> {
  if (names.length === 0) return new Int32Array(0)
  const columns = names.map(quoteIdentifier).join(', ')
  await engine.run(`CREATE OR REPLACE TABLE repeated_hash AS SELECT hash(${columns}) AS h FROM ${from} GROUP BY h HAVING count(*) > 1`)
  try {
    return await readRowNumbers(
      engine,
      `SELECT CAST(n AS INTEGER) FROM (
         SELECT ${ROW_NUMBER} AS n, row_number() OVER (PARTITION BY ${columns} ORDER BY ${ROW_NUMBER}) AS nth
         FROM ${from} WHERE hash(${columns}) IN (SELECT h FROM repeated_hash)
       ) WHERE nth > 1 ORDER BY n`,
    )
  } finally {
    await engine.run('DROP TABLE repeated_hash')
  }
}
