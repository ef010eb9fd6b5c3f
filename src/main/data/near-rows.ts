import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'
import { spellingKey } from './repair/kinds/spellings.ts'
import { quoteIdentifier } from './sql-text.ts'

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

/**
 * Rows that repeat an earlier one but for case, spacing, accents and punctuation, or but for a small edit (at most 2
 * letters and a tenth of the length, no digit) in one column of texts. Keys (identifiers) are not compared. Tables of few,
 * coarse columns have no near repeats: there rows that agree may be different cases. Edits are looked for in tables of up to
 * 200,000 rows.
 */
export async function findNearRows(engine: DataEngine, from: string, columns: readonly ColumnSchema[], rows: number, repeated: ReadonlySet<number>): Promise<NearRows | undefined> {
  const compared = columns.filter(({ role }) => role !== 'identifier')
  const texts = compared.filter(({ type, distinct }) => (type === 'text' || type === 'category') && distinct >= FEWEST_DISTINCT && distinct >= DISTINCT_SHARE * rows)
  if (texts.length === 0) return undefined
  const key = (column: ColumnSchema): string => {
    const name = quoteIdentifier(column.name)
    return column.type === 'text' || column.type === 'category' ? spellingKey(name) : name
  }
  const keyed = `(SELECT ${ROW_NUMBER} AS n, ${compared.map((column, i) => `${key(column)} AS k${i}`).join(', ')} FROM ${from})`
  const all = compared.map((_, i) => `k${i}`)
  const found = new Map<number, NearRows['pairs'][number]>()
  const add = (pairs: readonly { n: number; first: number }[], column: string | null): void => {
    for (const { n, first } of pairs) if (!repeated.has(n) && !found.has(n)) found.set(n, { row: n + 1, like: first + 1, column })
  }
  const pair = z.object({ n: z.number(), first: z.number() })
  await engine.run(`CREATE OR REPLACE TABLE near_hash AS SELECT n, hash(${all.join(', ')}) AS h FROM ${keyed}`)
  try {
    add(await engine.rows(`SELECT n, first FROM (SELECT n, min(n) OVER (PARTITION BY h) AS first FROM near_hash WHERE h IN (SELECT h FROM near_hash GROUP BY h HAVING count(*) > 1)) WHERE n > first ORDER BY n`, pair), null)
    for (const column of rows <= MOST_ROWS ? texts.slice(0, MOST_COLUMNS) : []) add(await nearInOne(engine, keyed, all, compared.indexOf(column)), column.name)
  } finally {
    await engine.run('DROP TABLE IF EXISTS near_hash; DROP TABLE IF EXISTS near_block')
  }
  const pairs = [...found.values()].toSorted((a, b) => a.row - b.row)
  return { rows: pairs.map(({ row }) => row - 1), pairs: pairs.slice(0, SHOWN), edits: rows <= MOST_ROWS }

  /** Rows that agree in all columns but one, and nearly in that. */
  async function nearInOne(data: DataEngine, relation: string, keys: readonly string[], index: number): Promise<{ n: number; first: number }[]> {
    const others = keys.filter((_, i) => i !== index)
    const block = others.length === 0 ? `substr(k${index}, 1, 6)` : `hash(${others.join(', ')})`
    await data.run(
      `CREATE OR REPLACE TABLE near_block AS SELECT n, ${block} AS b, k${index} AS k FROM ${relation} WHERE k${index} IS NOT NULL AND length(k${index}) BETWEEN 10 AND 2000
       QUALIFY count(*) OVER (PARTITION BY b) BETWEEN 2 AND ${LARGEST_BLOCK}`,
    )
    return data.rows(
      `SELECT later.n AS n, min(earlier.n) AS first FROM near_block AS later JOIN near_block AS earlier ON later.b = earlier.b AND earlier.n < later.n
       WHERE earlier.k <> later.k AND abs(length(earlier.k) - length(later.k)) <= 2 AND regexp_replace(earlier.k, '[^0-9]', '', 'g') = regexp_replace(later.k, '[^0-9]', '', 'g')
         AND damerau_levenshtein(earlier.k, later.k) <= least(2, length(later.k) // 10)
       GROUP BY later.n ORDER BY n`,
      pair,
    )
  }
}
