import type { CellClassParams, CellKeyDownEvent, ColDef, GridApi, IRowNode } from 'ag-grid-community'
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useNarrow } from '../../app/shell/narrow.ts'
import { cellText } from '../cell-text.ts'
import { formatNumber, NONE } from '../format.ts'
import { AgGridReact } from './grid-modules.ts'
import { gridTheme } from './grid-theme.ts'
import type { DataTableProps, TableColumn } from './table-column.ts'
import styles from './data-table.module.css'

type GridProps = DataTableProps<unknown> & { readonly filter: string; onShown(rows: number): void }

/** The grid of a `DataTable`. */
export function Grid({ name, rows, columns, rowId, onRow, selected, onSelect, filter, onShown, sort, rowHeight = 28 }: GridProps): ReactElement {
  const narrow = useNarrow()
  const api = useRef<GridApi>(undefined)
  const place = useRef<HTMLDivElement>(null)
  const definitions = useMemo(() => columns.filter(({ wide }) => wide !== true || !narrow).map((column) => definition(column, sort)), [columns, narrow, sort])
  const marks = useRef(selected)
  const [framed, setFramed] = useState(false)

  // Rows come in work of their own, once the frame and the headers stand: both in one go take too long.
  useEffect(() => {
    const timer = setTimeout(() => setFramed(true))
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    marks.current = selected
    if (api.current !== undefined) mark(api.current, selected ?? [])
  }, [selected])

  return (
    <div ref={place} className={onRow === undefined ? styles['grid'] : `${styles['grid'] ?? ''} ${styles['opens'] ?? ''}`}>
      <AgGridReact
        theme={gridTheme}
        rowData={framed ? (rows as unknown[]) : null}
        loading={false}
        columnDefs={definitions}
        getRowId={({ data }) => rowId(data)}
        rowHeight={rowHeight}
        quickFilterText={filter}
        {...(selected === undefined ? {} : { rowSelection: onSelect === undefined ? { mode: 'singleRow', checkboxes: false, enableClickSelection: false } : { mode: 'multiRow', enableClickSelection: false } })}
        suppressCellFocus={false}
        suppressMovableColumns
        suppressColumnVirtualisation={columns.length < 30}
        animateRows={false}
        enableBrowserTooltips
        overlayNoRowsTemplate={filter === '' ? '<span>No rows</span>' : '<span>No row has these words</span>'}
        onGridReady={(event) => {
          api.current = event.api
          place.current?.querySelector('[role=grid], [role=treegrid]')?.setAttribute('aria-label', name)
          mark(event.api, marks.current ?? [])
        }}
        // The grid keeps what its cells show until a row changes; what a column makes of a row may change without.
        onNewColumnsLoaded={(event) => event.api.refreshCells({ force: true })}
        onModelUpdated={(event) => onShown(event.api.getDisplayedRowCount())}
        onRowDataUpdated={(event) => mark(event.api, marks.current ?? [])}
        onRowClicked={({ data, event }) => {
          if (data !== undefined && !isControl(event?.target)) onRow?.(data)
        }}
        onCellKeyDown={(event) => {
          const { event: press, node } = event as CellKeyDownEvent
          if (press instanceof KeyboardEvent && press.key === 'Enter' && node.data !== undefined && !isControl(press.target)) onRow?.(node.data)
        }}
        onSelectionChanged={(event) => {
          if (event.source === 'api') return
          onSelect?.(event.api.getSelectedNodes().flatMap(({ id }: IRowNode) => (id === undefined ? [] : [id])))
        }}
      />
    </div>
  )
}

/** A button in a cell is pressed for itself, not for its row. */
function isControl(target: EventTarget | null | undefined): boolean {
  return target instanceof Element && target.closest('button, a, input') !== null
}

function mark(api: GridApi, ids: readonly string[]): void {
  const wanted = new Set(ids)
  const changed = { on: [] as IRowNode[], off: [] as IRowNode[] }
  api.forEachNode((node) => {
    const on = node.id !== undefined && wanted.has(node.id)
    if (on !== node.isSelected()) changed[on ? 'on' : 'off'].push(node)
  })
  if (changed.on.length > 0) api.setNodesSelected({ nodes: changed.on, newValue: true, source: 'api' })
  if (changed.off.length > 0) api.setNodesSelected({ nodes: changed.off, newValue: false, source: 'api' })
}

function definition(column: TableColumn<unknown>, sort: GridProps['sort']): ColDef<unknown> {
  const { id, title, unit, kind = 'text', value, format = formatNumber, show, width, grow = 1, fixed, data = true } = column
  const numeric = kind === 'number'
  return {
    colId: id,
    headerName: unit === undefined ? title : `${title} (${unit})`,
    valueGetter: ({ data: row }) => (row === undefined ? undefined : value(row)),
    valueFormatter: ({ value: cell }) => words(cell, format),
    ...(show === undefined ? {} : { cellRenderer: ({ data: row }: { readonly data: unknown }) => (row === undefined ? undefined : show(row)) }),
    ...(numeric ? { headerClass: 'ag-right-aligned-header', comparator: byNumber } : { tooltipValueGetter: ({ value: cell }: { readonly value?: unknown }) => (typeof cell === 'string' ? cellText(cell) : undefined) }),
    cellClass: ({ value: cell }: CellClassParams) => [numeric ? 'ag-right-aligned-cell' : '', show === undefined ? '' : (styles['drawn'] ?? ''), isBlank(cell) ? (styles['none'] ?? '') : ''],
    ...(width === undefined ? { flex: grow, minWidth: 80 } : { width, suppressSizeToFit: true }),
    ...(fixed === undefined ? {} : { pinned: fixed }),
    ...(sort?.column === id ? { initialSort: sort.descending ? 'desc' : 'asc' } : {}),
    sortingOrder: numeric ? ['desc', 'asc', null] : ['asc', 'desc', null],
    sortable: data,
    resizable: data,
  }
}

function isBlank(cell: unknown): boolean {
  return cell === null || cell === undefined || cell === ''
}

function words(cell: unknown, format: (value: number) => string): string {
  if (isBlank(cell)) return NONE
  if (typeof cell === 'number') return format(cell)
  return typeof cell === 'string' ? cellText(cell) : ''
}

/** Missing numbers come last in either order of the numbers that are there. */
function byNumber(a: unknown, b: unknown, _nodeA: unknown, _nodeB: unknown, descending: boolean): number {
  const [left, right] = [a, b].map((cell) => (typeof cell === 'number' && !Number.isNaN(cell) ? cell : undefined))
  if (left !== undefined && right !== undefined) return left - right
  if (left === right) return 0
  return (left === undefined) === descending ? -1 : 1
}
