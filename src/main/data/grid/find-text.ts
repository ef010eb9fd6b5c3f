import { z } from 'zod'
import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER } from '../parquet.ts'
import { quoteIdentifier, quoteLiteral } from '../sql-text.ts'
import { isStoredNumber } from '../view-cell.ts'
import type { NumberedRows } from '../view-sql.ts'

/** Where a text was found. */
export type FoundRow = {
  /** Place of the row in the view; undefined where no row holds the text. */
  readonly row: number | undefined
  /** Rows that hold it, and how many of them stand before the one found. */
  readonly matches: number
  readonly before: number
}

/** SQL that is true where one of the columns holds the text, in any case of letters; columns that cannot are left out. */
export function holdsText(rows: NumberedRows, names: readonly string[], text: string): string {
  const wanted = text.toLowerCase()
  const tests = names.flatMap((name) => {
    const sqlType = rows.types.get(name) ?? 'VARCHAR'
    const cell = quoteIdentifier(name)
    if (isStoredNumber(sqlType)) return /^[-+.e\d]+$/.test(wanted) ? [`contains(CAST(${cell} AS VARCHAR), ${quoteLiteral(wanted)})`] : []
    if (sqlType !== 'VARCHAR') return /^[-:. \d]+$/.test(wanted) ? [`contains(CAST(${cell} AS VARCHAR), ${quoteLiteral(wanted)})`] : []
    return [wanted === text.toUpperCase() ? `contains(${cell}, ${quoteLiteral(text)})` : `contains(lower(${cell}), ${quoteLiteral(wanted)})`]
  })
  return tests.length === 0 ? 'false' : tests.join(' OR ')
}

/** The rows that hold a text, as a table of the engine, which is asked for the next and the one before. */
export type FoundRows = {
  /** The nearest from place `from` on, or up to it when `backwards`; goes on from the other end. */
  nearest(engine: DataEngine, from: number, backwards: boolean): Promise<FoundRow>
  /** Drops the table. */
  close(engine: DataEngine): Promise<void>
}

let tables = 0

/** Looks through all rows once. `places`: SQL after FROM of `place` and `number` of the view's rows; undefined where it shows all in order. */
export async function findRows(engine: DataEngine, rows: NumberedRows, names: readonly string[], text: string, places: string | undefined): Promise<FoundRows> {
  const name = `found_${tables++}`
  const found = `SELECT ${ROW_NUMBER} AS number FROM ${rows.from} WHERE ${holdsText(rows, names, text)}`
  await engine.run(
    places === undefined
      ? `CREATE TABLE ${name} AS SELECT number AS place FROM (${found}) ORDER BY place`
      : `CREATE TABLE ${name} AS SELECT place FROM ${places} AS shown SEMI JOIN (${found}) AS found ON shown.number = found.number ORDER BY place`,
  )
  return {
    async nearest(own, from, backwards) {
      const at = Math.trunc(from)
      const [row] = await own.rows(
        backwards
          ? `SELECT coalesce(max(place) FILTER (place <= ${at}), max(place)) AS at, count(*) AS matches FROM ${name}`
          : `SELECT coalesce(min(place) FILTER (place >= ${at}), min(place)) AS at, count(*) AS matches FROM ${name}`,
        z.object({ at: z.number().nullable(), matches: z.number() }),
      )
      if (row === undefined || row.at === null) return { row: undefined, matches: 0, before: 0 }
      const [count] = await own.rows(`SELECT count(*) AS n FROM ${name} WHERE place < ${row.at}`, z.object({ n: z.number() }))
      return { row: row.at, matches: row.matches, before: count?.n ?? 0 }
    },
    async close(own) {
      await own.run(`DROP TABLE IF EXISTS ${name}`)
    },
  }
}
