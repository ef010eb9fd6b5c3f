import type { AbortFlag } from '../../base/abort.ts'
import type { DataEngine } from '../engine.ts'
import type { TablePage } from '../page.ts'
import type { NumberedRows, RowOrder } from '../view-sql.ts'
import { findRows, type FoundRow, type FoundRows } from './find-text.ts'
import { interruptible } from './interruptible.ts'
import { readRows } from './read-rows.ts'
import { orderView, type ViewOrder } from './view-order.ts'

/** A sorted, filtered view of a table, which is looked at page by page. */
export type GridView = {
  page(columns: readonly string[], offset: number, rows: number, signal?: AbortFlag): Promise<TablePage>
  /** Rows of the view; undefined until they are counted. */
  total(): number | undefined
  counted(): Promise<number>
  /** The nearest row from `from` on (up to it when `backwards`) with a cell of `columns` that holds `text`. */
  find(columns: readonly string[], text: string, from: number, backwards: boolean, signal?: AbortFlag): Promise<FoundRow>
  /** The whole text of one cell of the row at `place`, up to `characters`; null where it is empty. */
  cell(column: string, place: number, characters: number, signal?: AbortFlag): Promise<string | null>
  /** Stops what is made ahead of need. */
  rest(): void
  close(): Promise<void>
}

/** Pages that are read ahead or kept. */
const KEPT_PAGES = 6

/** A view of `rows()`, which has `count` rows. */
export function openView(engine: DataEngine, rows: () => NumberedRows, count: number, order: RowOrder): GridView {
  const isPlain = (order.sort ?? []).length === 0 && (order.filter ?? []).length === 0
  const ordered: ViewOrder | undefined = isPlain ? undefined : orderView(engine, rows, order)
  const kept = new Map<string, Promise<TablePage>>()
  let found: { readonly key: string; readonly rows: FoundRows } | undefined

  const read = async (columns: readonly string[], offset: number, wanted: number, signal: AbortFlag | undefined): Promise<TablePage> => {
    const choice = ordered === undefined ? { from: offset, count: Math.max(0, Math.min(wanted, count - offset)) } : { numbers: await ordered.numbers(offset, wanted, signal) }
    return { offset, ...(await interruptible(engine, signal, (own) => readRows(own, rows(), columns, choice))) }
  }
  const keep = (columns: readonly string[], offset: number, wanted: number, signal: AbortFlag | undefined): Promise<TablePage> => {
    const key = JSON.stringify([offset, wanted, columns])
    const known = kept.get(key)
    if (known !== undefined) return known
    const page = read(columns, offset, wanted, signal)
    kept.set(key, page)
    page.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_PAGES) break
      kept.delete(oldest)
    }
    return page
  }
  /** The user will scroll on: the next page comes first, then all rows are put in order. What fails is told when it is asked for. */
  const readAhead = async (rowsInOrder: ViewOrder, columns: readonly string[], offset: number, wanted: number): Promise<void> => {
    if (wanted > 0) await keep(columns, offset, wanted, undefined).catch(() => undefined)
    await rowsInOrder.prepare()
  }
  return {
    async page(columns, offset, wanted, signal) {
      const page = await keep(columns, offset, wanted, signal)
      if (ordered !== undefined) void readAhead(ordered, columns, offset + wanted, page.rows === wanted ? wanted : 0)
      return page
    },
    total: () => (ordered === undefined ? count : ordered.total()),
    counted: async () => (ordered === undefined ? count : ordered.counted()),
    async find(columns, text, from, backwards, signal) {
      const key = JSON.stringify([text, columns])
      if (found?.key !== key) {
        await found?.rows.close(engine)
        found = undefined
        const places = await ordered?.table()
        found = { key, rows: await interruptible(engine, signal, (own) => findRows(own, rows(), columns, text, places)) }
      }
      const { rows: matches } = found
      return interruptible(engine, signal, (own) => matches.nearest(own, from, backwards))
    },
    async cell(column, place, characters, signal) {
      const choice = ordered === undefined ? { from: place, count: 1 } : { numbers: await ordered.numbers(place, 1, signal) }
      const { columns } = await interruptible(engine, signal, (own) => readRows(own, rows(), [column], choice, characters))
      const [cells] = columns
      return cells === undefined ? null : cells.kind === 'number' ? numberText(cells.values[0]) : (cells.values[0] ?? null)
    },
    rest: () => ordered?.rest(),
    async close() {
      await Promise.allSettled(kept.values())
      await found?.rows.close(engine)
      await ordered?.close()
    },
  }
}

function numberText(value: number | undefined): string | null {
  return value === undefined || Number.isNaN(value) ? null : String(value)
}
