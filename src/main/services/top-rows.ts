import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDataEngine } from '../data/open-engine.ts'
import { quoteIdentifier, quoteLiteral } from '../data/sql-text.ts'

/** Cells of the rows with the largest numbers in column `by` of a predictions file, as text, in that order; `columns` first to last. */
export async function topRows(file: string, by: string, columns: readonly string[], count: number): Promise<readonly (readonly string[])[]> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'millrace-'))
  const engine = await openDataEngine({ memoryBytes: 256 << 20, threads: 1, temporaryFolder })
  try {
    const list = columns.map((name, i) => `coalesce(${quoteIdentifier(name)}, '') AS c${String(i)}`).join(', ')
    const rows = await engine.rows(
      `SELECT ${list} FROM read_csv(${quoteLiteral(file)}, header = true, all_varchar = true, delim = ',')
       ORDER BY CAST(${quoteIdentifier(by)} AS DOUBLE) DESC LIMIT ${String(Math.trunc(count))}`,
      z.record(z.string(), z.string()),
    )
    return rows.map((row) => columns.map((_name, i) => row[`c${String(i)}`] ?? ''))
  } finally {
    await engine.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}
