import { z } from 'zod'
import { scanParquet } from '../parquet.ts'
import { withRepeatCandidates } from '../repeat-candidates.ts'
import type { Relation } from './relation.ts'

/**
 * Rows that repeat an earlier row in every column. Hashes find the candidates; only rows whose hash comes twice are
 * compared cell by cell. `parts` hold the columns of the table.
 */
export async function countRepeatedRows({ engine, path, columns }: Relation, parts: readonly Relation[]): Promise<number> {
  const numbered = (file: string): string => scanParquet(file, { rowNumbers: true })
  const hashed = parts.map((part) => ({ from: numbered(part.path), values: part.columns.map(({ expression }) => expression) }))
  const names = columns.map(({ expression }) => expression).join(', ')
  return withRepeatCandidates(engine, hashed, 0, async (candidates) => {
    const [row] = await engine.rows(
      `SELECT CAST(coalesce(sum(n - 1), 0) AS BIGINT) AS repeated FROM (SELECT count(*) AS n FROM ${numbered(path)} WHERE ${candidates} GROUP BY ${names})`,
      z.object({ repeated: z.number() }),
    )
    return row?.repeated ?? 0
  })
}
