import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { describeRelation, scanParquet } from './parquet.ts'
import { numberRelation } from './repair/column-numbers.ts'

/** The moments (or numbers) of a column, for cutting rows by them. */
export type RowTimes = {
  /** Rows with a moment, and without one. */
  readonly timed: number
  readonly missing: number
  readonly first: number | null
  readonly last: number | null
  readonly distinct: number
  /**
   * The moment at which the rows from it on are nearest in number to `wanted`; rows of one moment stay together, and at
   * least one moment comes before it.
   */
  cutAt(wanted: number): Promise<number>
  /** 1-byte codes by row: that of the last of `cuts` (ascending) at or before the row's moment, `before` where there is none or no moment. */
  codesBy(cuts: readonly { readonly from: number; readonly code: number }[], before: number): Promise<Uint8Array>
}

/** Reads what there is to know of a column of moments before cutting; sorting and counting are DuckDB's. */
export async function readRowTimes(engine: DataEngine, path: string, rows: number, column: ColumnSchema): Promise<RowTimes> {
  const stored = (await describeRelation(engine, scanParquet(path))).find(({ name }) => name === column.name)
  const relation = numberRelation(path, [{ schema: column, sqlType: stored?.sqlType ?? 'VARCHAR' }])
  const [facts] = await engine.rows(
    `SELECT count(c0) AS timed, min(c0) AS first, max(c0) AS last, count(DISTINCT c0) AS distinct FROM ${relation}`,
    z.object({ timed: z.number(), first: z.number().nullable(), last: z.number().nullable(), distinct: z.number() }),
  )
  const { timed = 0, first = null, last = null, distinct = 0 } = facts ?? {}
  return {
    timed,
    missing: rows - timed,
    first,
    last,
    distinct,
    async cutAt(wanted) {
      const [cut] = await engine.rows(
        `SELECT t FROM (SELECT t, CAST(sum(n) OVER (ORDER BY t DESC) AS BIGINT) AS after FROM (SELECT c0 AS t, count(*) AS n FROM ${relation} WHERE c0 IS NOT NULL GROUP BY c0))
         WHERE after < ${timed} ORDER BY abs(after - ${wanted}), t DESC LIMIT 1`,
        z.object({ t: z.number() }),
      )
      return cut?.t ?? last ?? 0
    },
    async codesBy(cuts, before) {
      const cases = cuts.toReversed().map(({ from, code }) => `WHEN c0 >= ${from} THEN ${code}`)
      const codes = new Uint8Array(rows)
      await engine.chunks(`SELECT CAST(row_of AS INTEGER), CAST(CASE WHEN c0 IS NULL THEN ${before} ${cases.join(' ')} ELSE ${before} END AS INTEGER) FROM ${relation}`, (chunk) => {
        const [n, code] = [chunk.column(0).numbers, chunk.column(1).numbers]
        for (let i = 0; i < chunk.rows; i++) codes[n?.[i] as number] = code?.[i] as number
      })
      return codes
    },
  }
}
