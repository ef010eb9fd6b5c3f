import { join } from 'node:path'
import { z } from 'zod'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet, writeParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'
import { isStoredNumber } from './view-cell.ts'
import { requireColumn, rowsInOrder, type RowOrder } from './view-sql.ts'

/** What to page through. */
export type PageView = RowOrder & {
  /** Columns to show, in this order; all if not said. */
  readonly columns?: readonly string[] | undefined
}

/** Some cells of a column: numbers (NaN where empty) as they are stored, anything else as text. */
export type PageColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: readonly (string | null)[] }

/** Rows `offset` … of a view. */
export type TablePage = { readonly offset: number; readonly rows: number; readonly columns: readonly PageColumn[] }

/** A table that is looked at page by page; never more than a page of it is in memory. */
export type Pages = {
  readonly columns: readonly string[]
  /** At most `rows` rows from `offset` on; the first page of a sorted view does not wait until all is sorted. */
  page(offset: number, rows: number): Promise<TablePage>
  /** Rows of the view; waits until it is known. */
  total(): Promise<number>
  /** Position of the first row from `from` on with a cell that holds `text`, in any case of letters. */
  find(text: string, from?: number): Promise<number | undefined>
  /** Waits for what runs in the background. */
  close(): Promise<void>
}

/**
 * Opens a sorted, filtered view of a dataset's Parquet file. Its first page is the head of a top-N query, which needs no
 * full sort; meanwhile the view is written to `scratchFolder`, spilling under the engine's memory limit, and later pages
 * are ranges of its rows.
 */
export async function openPages(engine: DataEngine, parquet: string, schema: TableSchema, view: PageView, scratchFolder: string): Promise<Pages> {
  const names = view.columns ?? schema.columns.map(({ name }) => name)
  const { select, types } = await selectView(engine, parquet, schema, names, view)
  const shown = names.map((name) => ({ name, sqlType: types.get(name) ?? 'VARCHAR' }))
  const plain = (view.sort ?? []).length === 0 && (view.filter ?? []).length === 0
  const target = join(scratchFolder, 'view.parquet')
  let ready = plain
  // Started with the first page and awaited by what needs it; a failure is told there.
  const write = async (): Promise<void> => {
    await writeParquet(engine, select, target, 'lz4_raw')
    ready = true
  }
  const sorting = plain ? undefined : write()
  sorting?.catch(() => undefined)
  const settled = async (): Promise<string> => {
    await sorting
    return plain ? parquet : target
  }
  return {
    columns: names,
    async page(offset, rows) {
      if (!ready && offset === 0) return readPage(engine, `SELECT ${list(names)} FROM (${select}) LIMIT ${Math.trunc(rows)}`, shown, 0)
      const path = await settled()
      const range = `${ROW_NUMBER} >= ${Math.trunc(offset)} AND ${ROW_NUMBER} < ${Math.trunc(offset + rows)}`
      return readPage(engine, `SELECT ${list(names)} FROM ${scanParquet(path, { rowNumbers: true })} WHERE ${range}`, shown, offset)
    },
    total: async () => countRows(engine, scanParquet(await settled())),
    async find(text, from = 0) {
      const path = await settled()
      const tests = names.map((name) => `contains(lower(CAST(${quoteIdentifier(name)} AS VARCHAR)), lower($1))`)
      const [row] = await engine.rows(
        `SELECT min(${ROW_NUMBER}) AS at FROM ${scanParquet(path, { rowNumbers: true })} WHERE ${ROW_NUMBER} >= ${Math.trunc(from)} AND (${tests.join(' OR ')})`,
        z.object({ at: z.number().nullable() }),
        [text],
      )
      return row?.at ?? undefined
    },
    async close() {
      await sorting?.catch(() => undefined)
    },
  }
}

/** Writes all rows of a view to a Parquet file and returns how many they are. */
export async function writeView(engine: DataEngine, parquet: string, schema: TableSchema, view: PageView, target: string): Promise<number> {
  const names = view.columns ?? schema.columns.map(({ name }) => name)
  const { select } = await selectView(engine, parquet, schema, names, view)
  await writeParquet(engine, select, target, 'zstd', names.length)
  return countRows(engine, scanParquet(target))
}

async function selectView(engine: DataEngine, parquet: string, schema: TableSchema, names: readonly string[], view: PageView): Promise<{ readonly select: string; readonly types: ReadonlyMap<string, string> }> {
  for (const name of names) requireColumn(schema, name)
  const types = new Map((await describeRelation(engine, scanParquet(parquet))).map(({ name, sqlType }) => [name, sqlType]))
  const named = names.map((name, i) => `cell${i} AS ${quoteIdentifier(name)}`).join(', ')
  const source = { from: scanParquet(parquet, { rowNumbers: true }), schema, types }
  return { select: `SELECT ${named} FROM (${rowsInOrder(source, names.map(quoteIdentifier), view)})`, types }
}

function list(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ')
}

async function readPage(engine: DataEngine, select: string, columns: readonly { name: string; sqlType: string }[], offset: number): Promise<TablePage> {
  const cells = columns.map((): (string | number | null)[] => [])
  let rows = 0
  await engine.chunks(select, (chunk) => {
    cells.forEach((column, index) => {
      const vector = chunk.column(index)
      for (let row = 0; row < chunk.rows; row++) {
        const value = vector.value(row)
        column.push(typeof value === 'bigint' ? Number(value) : typeof value === 'boolean' ? String(value) : value)
      }
    })
    rows += chunk.rows
  })
  return {
    offset,
    rows,
    columns: columns.map(({ name, sqlType }, index): PageColumn => {
      const values = cells[index] ?? []
      return isStoredNumber(sqlType)
        ? { kind: 'number', name, values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))) }
        : { kind: 'text', name, values: values.map((value) => (value === null ? null : String(value))) }
    }),
  }
}
