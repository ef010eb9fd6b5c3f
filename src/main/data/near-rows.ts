import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'
import { spellingKey } from './repair/kinds/spellings.ts'
import type { RowPart } from './repeat-candidates.ts'

/** Rows that nearly repeat an earlier one: their 0-based numbers, and some pairs to show. */
export type NearRows = { readonly rows: readonly number[]; /** False where the table was too large to look for small edits. */ readonly edits: boolean; readonly pairs: readonly { readonly row: number; readonly like: number; readonly column: string | null }[] }

/** Columns that tell rows apart well enough for near repeats to mean something. */
const DISTINCT_SHARE = 0.2
const FEWEST_DISTINCT = 20
/** Columns of texts in which small differences are looked for, one after the other. */
const MOST_COLUMNS = 20
/** Rows of the largest table in which small edits are looked for; differences in spelling are in any. */
const MOST_ROWS = 200_000
/** Rows that agree in everything else and are compared with one another. */
const LARGEST_BLOCK = 50
const SHOWN = 5

/** Some columns of a table; `alone` is SQL after FROM of one of them with row numbers, by its place in the part. */
export type NearPart = RowPart & { alone(place: number): string }

/** A column that is compared: what it holds, where, and SQL of what spellings of its value have in common. */
type ComparedColumn = { readonly schema: ColumnSchema; readonly part: NearPart; readonly key: string; /** SQL after FROM of this column alone, with row numbers. */ readonly alone: string }

/**
 * Rows that repeat an earlier one but for case, spacing, accents and punctuation, or but for a small edit (at most 2
 * letters and a tenth of the length, no digit) in one column of texts. Keys (identifiers) are not compared. Tables of few,
 * coarse columns have no near repeats: there rows that agree may be different cases. Edits are looked for in tables of up to
 * 200,000 rows. `parts` hold `columns`, in their order.
 */
export async function findNearRows(engine: DataEngine, parts: readonly NearPart[], columns: readonly ColumnSchema[], rows: number, repeated: ReadonlySet<number>): Promise<NearRows | undefined> {
  const compared = columnsOf(parts, columns).filter(({ schema }) => schema.role !== 'identifier')
  const texts = compared.filter(({ schema: { type, distinct } }) => (type === 'text' || type === 'category') && distinct >= FEWEST_DISTINCT && distinct >= DISTINCT_SHARE * rows)
  if (texts.length === 0) return undefined
  const edited = rows <= MOST_ROWS ? texts.slice(0, MOST_COLUMNS) : []
  const found = new Map<number, NearRows['pairs'][number]>()
  const add = (pairs: readonly Pair[], column: string | null): void => {
    for (const { n, first } of pairs) if (!repeated.has(n) && !found.has(n)) found.set(n, { row: n + 1, like: first + 1, column })
  }
  try {
    await hashKeys(engine, compared, edited)
    const all = ['rest', ...edited.map((_, i) => `h${i}`)]
    await engine.run(`CREATE OR REPLACE TABLE near_hash AS SELECT n, hash(${all.join(', ')}) AS h FROM near_keys`)
    add(await engine.rows('SELECT n, first FROM (SELECT n, min(n) OVER (PARTITION BY h) AS first FROM near_hash WHERE h IN (SELECT h FROM near_hash GROUP BY h HAVING count(*) > 1)) WHERE n > first ORDER BY n', pairSchema), null)
    for (const [i, column] of edited.entries()) {
      const others = all.filter((name) => name !== `h${i}`)
      add(await nearInOne(engine, column, compared.length === 1 ? undefined : `hash(${others.join(', ')})`), column.schema.name)
    }
  } finally {
    await engine.run('DROP TABLE IF EXISTS near_keys; DROP TABLE IF EXISTS near_hash; DROP TABLE IF EXISTS near_block')
  }
  const pairs = [...found.values()].toSorted((a, b) => a.row - b.row)
  return { rows: pairs.map(({ row }) => row - 1), pairs: pairs.slice(0, SHOWN), edits: rows <= MOST_ROWS }
}

/** A row and the first one that it is near to, numbered from 0. */
const pairSchema = z.object({ n: z.number(), first: z.number() })
type Pair = z.infer<typeof pairSchema>

function columnsOf(parts: readonly NearPart[], columns: readonly ColumnSchema[]): ComparedColumn[] {
  const places = parts.flatMap((part) => part.values.map((value, at) => ({ part, value, at })))
  return columns.map((schema, index) => {
    const place = places[index]
    if (place === undefined) throw new Error(`No part holds column "${schema.name}"`)
    return { schema, part: place.part, alone: place.part.alone(place.at), key: schema.type === 'category' || schema.type === 'text' ? spellingKey(place.value) : place.value }
  })
}

/** Writes `near_keys`: for each row (`n`) the hash of each edited column's key (`h0`, `h1` …) and of all the others' together (`rest`). */
async function hashKeys(engine: DataEngine, compared: readonly ComparedColumn[], edited: readonly ComparedColumn[]): Promise<void> {
  const parts = [...Map.groupBy(compared, ({ part }) => part)]
  for (const [at, [part, columns]] of parts.entries()) {
    const own = columns.flatMap((column) => (edited.includes(column) ? [`hash(${column.key}) AS h${edited.indexOf(column)}`] : []))
    const rest = columns.filter((column) => !edited.includes(column)).map(({ key }) => key)
    const select = `SELECT ${[`${ROW_NUMBER} AS n`, `hash(${rest.length === 0 ? '0' : rest.join(', ')}) AS more`, ...own].join(', ')} FROM ${part.from}`
    if (at === 0) await engine.run(`CREATE OR REPLACE TABLE near_keys AS SELECT * RENAME (more AS rest) FROM (${select})`)
    else await engine.run(`CREATE OR REPLACE TABLE near_keys AS SELECT * EXCLUDE (more) REPLACE (hash(rest, more) AS rest) FROM near_keys JOIN (${select}) USING (n)`)
  }
}

/** Rows that agree in all columns but one, by the hash `others` of `near_keys` (undefined: there is no other), and nearly in that. */
async function nearInOne(engine: DataEngine, { alone, key }: ComparedColumn, others: string | undefined): Promise<Pair[]> {
  const block = others ?? 'substr(k, 1, 6)'
  await engine.run(
    `CREATE OR REPLACE TABLE near_block AS SELECT n, ${block} AS b, k FROM near_keys JOIN (SELECT ${ROW_NUMBER} AS n, ${key} AS k FROM ${alone}) USING (n)
     WHERE k IS NOT NULL AND length(k) BETWEEN 10 AND 2000 QUALIFY count(*) OVER (PARTITION BY b) BETWEEN 2 AND ${LARGEST_BLOCK}`,
  )
  return engine.rows(
    `SELECT later.n AS n, min(earlier.n) AS first FROM near_block AS later JOIN near_block AS earlier ON later.b = earlier.b AND earlier.n < later.n
     WHERE earlier.k <> later.k AND abs(length(earlier.k) - length(later.k)) <= 2 AND regexp_replace(earlier.k, '[^0-9]', '', 'g') = regexp_replace(later.k, '[^0-9]', '', 'g')
       AND damerau_levenshtein(earlier.k, later.k) <= least(2, length(later.k) // 10)
     GROUP BY later.n ORDER BY n`,
    pairSchema,
  )
}
