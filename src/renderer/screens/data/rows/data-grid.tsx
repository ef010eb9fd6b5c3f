import type { CellKeyDownEvent } from 'ag-grid-community'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import type { Condition, SortKey } from '#shared/domain/row-order.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { useClient } from '../../../client/client-context.tsx'
import { AgGridReact } from '../../../components/table/grid-modules.ts'
import { gridTheme } from '../../../components/table/grid-theme.ts'
import type { DatasetPlace } from '../column-summaries.ts'
import { gridColumns, type GridRow } from './grid-columns.ts'
import { createGridParts, ROW_BUFFER, ROW_HEIGHT } from './grid-parts.ts'
import { BLOCK_ROWS, createRowStore, type Cell } from './row-store.ts'
import styles from './data-grid.module.css'

/** Rows that are in sight, and what is known of reading them. */
export type GridSight = { readonly first: number; readonly last: number; readonly total: number | null; readonly milliseconds: number | null }

/** A cell that the user points at. */
export type PointedCell = { readonly row: number; readonly column: ColumnSchema; readonly value: Cell | undefined; readonly x: number; readonly y: number }

/** What the grid shows, and who is told what happens in it. */
export type DataGridProps = {
  readonly place: DatasetPlace
  /** Names the place on the screen for the engine. */
  readonly grid: string
  readonly rows: number
  readonly columns: readonly ColumnSchema[]
  readonly hidden: ReadonlySet<string>
  readonly pinned: readonly string[]
  readonly filter: readonly Condition[]
  readonly sort: readonly SortKey[]
  readonly selected: string | undefined
  /** Row to go to, with the text that it holds. */
  readonly found: { readonly row: number; readonly text: string } | undefined
  onSelect(column: string): void
  onSort(column: string, add: boolean): void
  onSight(sight: GridSight): void
  onFailure(error: unknown): void
  onPoint(cell: PointedCell): void
  onCopy(cell: { readonly row: number; readonly column: string }): void
}

const HEADER_HEIGHT = 82

/** Rows of a dataset, block by block as they come into sight. */
export function DataGrid(props: DataGridProps): ReactElement {
  const { place, grid, rows, columns, hidden, pinned, filter, sort, selected, found } = props
  const client = useClient()
  const frame = useRef<HTMLDivElement>(null)
  const [parts] = useState(createGridParts)
  const definitions = useMemo(() => gridColumns(columns, rows, hidden, pinned, parts.cells), [columns, rows, hidden, pinned, parts])
  const order = useMemo(() => ({ sort: [...sort], filter: [...filter] }), [sort, filter])
  const store = useMemo(() => {
    const read = createRowStore(
      (names, offset, count) => client.call('datasets.rows', { ...place, grid, order, columns: [...names], offset, rows: count }),
      (total) => parts.counted(read, total),
    )
    return read
  }, [client, place, grid, order, parts])

  useLayoutEffect(() => {
    parts.update(props)
  })

  useLayoutEffect(() => parts.show(store), [parts, store])

  useEffect(() => {
    if (order.filter.length === 0) return
    // Rows that a filter leaves are counted behind the first page; a failure is told by the rows.
    const count = async (): Promise<void> => {
      const { total } = await client.call('datasets.count', { ...place, order })
      store.count(total)
    }
    count().catch(() => undefined)
  }, [client, place, order, store])

  useEffect(() => parts.mark(selected, found), [parts, selected, found])

  return (
    <div ref={frame} className={styles['grid']}>
      <AgGridReact<GridRow>
        theme={gridTheme}
        rowModelType="infinite"
        datasource={parts.source}
        columnDefs={definitions}
        cacheBlockSize={BLOCK_ROWS}
        maxBlocksInCache={30}
        infiniteInitialRowCount={rows}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={25}
        rowHeight={ROW_HEIGHT}
        headerHeight={HEADER_HEIGHT}
        rowBuffer={ROW_BUFFER}
        animateRows={false}
        enableBrowserTooltips
        suppressMovableColumns
        preventDefaultOnContextMenu
        onGridReady={(event) => {
          parts.attach(event.api)
          frame.current?.querySelector('[role=grid], [role=treegrid]')?.setAttribute('aria-label', `Rows of ${place.dataset}`)
        }}
        onGridPreDestroyed={() => parts.attach(undefined)}
        onBodyScroll={({ direction }) => {
          if (direction === 'vertical') parts.tellSight()
        }}
        onModelUpdated={parts.tellSight}
        onGridSizeChanged={parts.tellSight}
        onVirtualColumnsChanged={() => void parts.readColumns()}
        onCellFocused={parts.focus}
        onCellContextMenu={parts.point}
        onCellKeyDown={(event) => parts.press(event as CellKeyDownEvent<GridRow>)}
      />
    </div>
  )
}
