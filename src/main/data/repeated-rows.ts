import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'
import { readRowNumbers } from './read-row-numbers.ts'
import { withRepeatCandidates, type RowPart } from './repeat-candidates.ts'

/**
 * 0-based numbers of the rows that repeat an earlier row in every column, in order. Hashes find the candidates, so that
 * whole rows are compared only where they may be equal. `from` scans all columns and the row number, `parts` together do too.
 */
export async function findRepeatedRows(engine: DataEngine, from: string, parts: readonly RowPart[]): Promise<Int32Array> {
  const columns = parts.flatMap(({ values }) => values).join(', ')
  return withRepeatCandidates(engine, parts, new Int32Array(0), (candidates) =>
    readRowNumbers(
      engine,
      `SELECT CAST(n AS INTEGER) FROM (
         SELECT ${ROW_NUMBER} AS n, row_number() OVER (PARTITION BY ${columns} ORDER BY ${ROW_NUMBER}) AS nth
         FROM ${from} WHERE ${candidates}
       ) WHERE nth > 1 ORDER BY n`,
    ),
  )
}
