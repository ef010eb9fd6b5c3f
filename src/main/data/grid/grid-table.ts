import { join } from 'node:path'
import { createAbortFlag } from '../../base/abort.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import { countRows, describeRelation, scanParquet } from '../parquet.ts'
import { requireColumn, type NumberedRows, type RowOrder } from '../view-sql.ts'
import { openView, type GridView } from './grid-view.ts'
import { copyTable, type TableCopy } from './table-copy.ts'

/** A dataset that is open in a grid. */
export type GridTable = {
  readonly rows: number
  /** The rows to ask anything of: the file's, or the copy's once it is there. */
  current(): NumberedRows
  /** The view, opened at its first use; older ones are closed when there are many. */
  view(order: RowOrder): GridView
  /** Waits until rows are found by their numbers quickly, where there is room for the copy that this needs. */
  warm(): Promise<void>
  close(): Promise<void>
}

const KEPT_VIEWS = 6

/**
 * Opens a dataset for a grid. Pages of its file are there at once; meanwhile the file is copied into a form in which rows
 * are found by their numbers, from which pages of sorted and filtered views come. The copy lies in `folder`, on disk; what
 * is in memory stays within the engine's limit.
 */
export async function openGridTable(engine: DataEngine, parquet: string, schema: TableSchema, folder: string): Promise<GridTable> {
  const from = scanParquet(parquet, { rowNumbers: true })
  const types = new Map((await describeRelation(engine, from)).map(({ name, sqlType }) => [name, sqlType]))
  const rows = await countRows(engine, scanParquet(parquet))
  const file: NumberedRows = { from, schema, types }
  const views = new Map<string, GridView>()
  let copy: TableCopy | undefined
  let copying: Promise<void> | undefined
  const closing = createAbortFlag()
  const closed = new Set<Promise<void>>()
  const makeCopy = async (): Promise<void> => {
    copy = await copyTable(engine, parquet, file, join(folder, 'copy.duckdb'), closing)
  }
  const start = (): Promise<void> => (copying ??= makeCopy().catch(() => undefined)) // pages come from the file then
  return {
    rows,
    current: () => copy?.rows ?? file,
    view(order) {
      for (const { column } of [...(order.sort ?? []), ...(order.filter ?? [])]) requireColumn(schema, column)
      const key = JSON.stringify([order.sort ?? [], order.filter ?? []])
      const known = views.get(key) ?? openView(engine, () => copy?.rows ?? file, rows, order)
      views.delete(key)
      views.set(key, known)
      for (const [other, view] of views) {
        if (other !== key) view.rest()
        if (views.size <= KEPT_VIEWS) continue
        views.delete(other)
        const leaving = view.close().catch(() => undefined).then(() => void closed.delete(leaving)) // its tables go with the engine at the latest
        closed.add(leaving)
      }
      void start()
      return known
    },
    warm: start,
    async close() {
      closing.abort()
      await copying
      await Promise.all(closed)
      for (const view of views.values()) await view.close()
      views.clear()
      await copy?.close()
    },
  }
}
