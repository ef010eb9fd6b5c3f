import { z } from 'zod'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { doubleLiteral, quoteIdentifier } from '../sql-text.ts'
import type { Relation } from './relation.ts'
import { linesBetween, mayBeRenamed, type Twins } from './twin-columns.ts'

/** Whether one of two columns tells the other in every row, asked of DuckDB: for tables too long for memory. */
export async function compareByQuery({ engine, from }: Relation, a: ColumnProfile, b: ColumnProfile): Promise<Twins | undefined> {
  const [x, y] = [quoteIdentifier(a.name), quoteIdentifier(b.name)]
  const pair = { first: a.name, second: b.name }
  const [same] = await engine.rows(
    `SELECT count(*) FILTER (CAST(${x} AS VARCHAR) IS DISTINCT FROM CAST(${y} AS VARCHAR)) AS differ FROM ${from}`,
    z.object({ differ: z.number() }),
  )
  if (same?.differ === 0) return { ...pair, how: 'same' }
  for (const line of linesBetween(a, b)) {
    const residual = `abs(TRY_CAST(${y} AS DOUBLE) - (${doubleLiteral(line.slope)} * TRY_CAST(${x} AS DOUBLE) + ${doubleLiteral(line.intercept)}))`
    const [row] = await engine.rows(`SELECT max(${residual}) AS most FROM ${from}`, z.object({ most: z.number().nullable() }))
    if (row !== undefined && row.most !== null && row.most <= 1e-9 * line.size) return { ...pair, how: 'linear', slope: line.slope, intercept: line.intercept }
  }
  if (!mayBeRenamed(a, b)) return undefined
  const [row] = await engine.rows(`SELECT count(*) AS n FROM (SELECT ${x}, ${y} FROM ${from} WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL GROUP BY ALL)`, z.object({ n: z.number() }))
  return row?.n === a.distinct ? { ...pair, how: 'renamed' } : undefined
}
