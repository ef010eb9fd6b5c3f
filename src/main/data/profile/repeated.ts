import { z } from 'zod'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { quoteIdentifier } from '../sql-text.ts'
import type { Relation } from './relation.ts'

/**
 * Rows that repeat an earlier row in every column. Hashes find the candidates; only rows whose hash comes twice are
 * compared cell by cell.
 */
export async function countRepeatedRows({ engine, from, columns }: Relation): Promise<number> {
  const names = columns.map(({ expression }) => expression).join(', ')
  await engine.run(`CREATE OR REPLACE TABLE profiled_hash AS SELECT h FROM (SELECT hash(${names}) AS h FROM ${from}) GROUP BY h HAVING count(*) > 1`)
  try {
    const [row] = await engine.rows(
      `SELECT CAST(coalesce(sum(n - 1), 0) AS BIGINT) AS repeated FROM (SELECT count(*) AS n FROM ${from} WHERE hash(${names}) IN (SELECT h FROM profiled_hash) GROUP BY ${names})`,
      z.object({ repeated: z.number() }),
    )
    return row?.repeated ?? 0
  } finally {
    await engine.run('DROP TABLE profiled_hash')
  }
}

/** Two columns of which one tells the other: the same cells, one a straight line of the other, or other names of the same values. */
export type Twins = { readonly first: string; readonly second: string; readonly how: 'same' | 'linear' | 'renamed'; readonly slope?: number; readonly intercept?: number }

/** Pairs that are looked into at most. */
const MOST_PAIRS = 2000

/** Pairs of columns that say the same. Their profiles name the candidates, all rows decide. */
export async function findTwins(relation: Relation, profiles: readonly ColumnProfile[], check: () => void): Promise<Twins[]> {
  const twins: Twins[] = []
  const groups = new Map<string, ColumnProfile[]>()
  for (const profile of profiles) {
    if (profile.distinct < 2) continue
    const key = signature(profile)
    groups.set(key, [...(groups.get(key) ?? []), profile])
  }
  let pairs = 0
  for (const group of groups.values()) {
    const originals: ColumnProfile[] = []
    for (const profile of group) {
      check()
      let found: Twins | undefined
      for (const original of originals) {
        if (found !== undefined || pairs >= MOST_PAIRS) break
        pairs++
        found = await compare(relation, original, profile)
      }
      if (found === undefined) originals.push(profile)
      else twins.push(found)
    }
  }
  return twins
}

/** What twins have in common: missing and distinct values, and how often the most frequent ones come. */
function signature({ missing, distinct, top, numbers, dates }: ColumnProfile): string {
  const often = numbers === null || dates !== null ? top.map(({ count }) => count).join(' ') : 'n'
  const shape = numbers === null ? 'text' : 'number'
  // Numbers keep |skew| and kurtosis along a straight line.
  const moments = numbers === null ? '' : `${Math.abs(numbers.skew ?? 0).toPrecision(4)} ${(numbers.kurtosis ?? 0).toPrecision(4)}`
  // A code and its name are a number and a text: columns of few values meet by their counts, whatever their kind.
  return distinct <= 20 ? `${missing} ${distinct} ${top.map(({ count }) => count).toSorted((a, b) => b - a).join(' ')}` : `${shape} ${missing} ${distinct} ${often} ${moments}`
}

async function compare({ engine, from, columns }: Relation, a: ColumnProfile, b: ColumnProfile): Promise<Twins | undefined> {
  const of = (profile: ColumnProfile) => columns.find(({ schema }) => schema.name === profile.name)
  const [left, right] = [of(a), of(b)]
  if (left === undefined || right === undefined) return undefined
  const [x, y] = [quoteIdentifier(a.name), quoteIdentifier(b.name)]
  const pair = { first: a.name, second: b.name }
  const [same] = await engine.rows(
    `SELECT count(*) FILTER (CAST(${x} AS VARCHAR) IS DISTINCT FROM CAST(${y} AS VARCHAR)) AS differ FROM ${from}`,
    z.object({ differ: z.number() }),
  )
  if (same?.differ === 0) return { ...pair, how: 'same' }
  const line = a.numbers === null || b.numbers === null || a.type === 'datetime' || b.type === 'datetime' ? undefined : lineBetween(a, b)
  if (line !== undefined) {
    const residual = `abs(TRY_CAST(${y} AS DOUBLE) - (${double(line.slope)} * TRY_CAST(${x} AS DOUBLE) + ${double(line.intercept)}))`
    const [row] = await engine.rows(`SELECT max(${residual}) AS most FROM ${from}`, z.object({ most: z.number().nullable() }))
    if (row !== undefined && row.most !== null && row.most <= 1e-9 * line.size) return { ...pair, how: 'linear', slope: line.slope, intercept: line.intercept }
  }
  if (a.distinct !== b.distinct || a.distinct < 3 || a.distinct > 10_000) return undefined
  const [row] = await engine.rows(`SELECT count(*) AS n FROM (SELECT ${x}, ${y} FROM ${from} WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL GROUP BY ALL)`, z.object({ n: z.number() }))
  return row?.n === a.distinct ? { ...pair, how: 'renamed' } : undefined
}

/** The straight line through the ends of two columns, rising or falling as their skews say. */
function lineBetween(a: ColumnProfile, b: ColumnProfile): { slope: number; intercept: number; size: number } | undefined {
  const [from, to] = [a.numbers?.quantiles, b.numbers?.quantiles]
  const [low, middle, high] = [from?.[0]?.value, from?.[4]?.value, from?.at(-1)?.value]
  const [least, centre, most] = [to?.[0]?.value, to?.[4]?.value, to?.at(-1)?.value]
  if (low === undefined || middle === undefined || high === undefined || least === undefined || centre === undefined || most === undefined || !(high > low)) return undefined
  const size = Math.max(Math.abs(least), Math.abs(most))
  for (const [start, end] of [[least, most], [most, least]] as const) {
    const slope = (end - start) / (high - low)
    const intercept = start - slope * low
    if (Math.abs(centre - (slope * middle + intercept)) <= 1e-9 * size) return { slope, intercept, size }
  }
  return undefined
}

function double(value: number): string {
  return `CAST('${String(value)}' AS DOUBLE)`
}
