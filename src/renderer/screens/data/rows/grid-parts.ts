import type { CellContextMenuEvent, CellFocusedEvent, CellKeyDownEvent, GridApi, IDatasource } from 'ag-grid-community'
import { toErrorData } from '#shared/errors.ts'
import type { DataGridProps } from './data-grid.tsx'
import { columnId, type CellPlace, type GridRow } from './grid-columns.ts'
import { BLOCK_ROWS, type Cell, type RowStore } from './row-store.ts'

/** With up to so many columns all are read; of more only those in sight. */
const ALL_COLUMNS = 40
/** Height of a row in pixels. */
export const ROW_HEIGHT = 28
/** Rows that are drawn above and below those in sight. */
export const ROW_BUFFER = 6

/** What stands between the grid, which asks while it draws, and what the screen shows at the moment. */
export type GridParts = {
  readonly cells: CellPlace
  readonly source: IDatasource
  /** Undefined once the grid goes: answers that are still on their way find none. */
  attach(api: GridApi<GridRow> | undefined): void
  /** What the screen says at the moment, and whom it tells. */
  update(props: DataGridProps): void
  /** Shows another view from its first row on. */
  show(store: RowStore): void
  /** Marks a column, and the cells of a row that hold a text, which it goes to. */
  mark(selected: string | undefined, found: DataGridProps['found']): void
  counted(store: RowStore, total: number): void
  tellSight(): void
  /** Columns that came into sight are read for the rows in sight. */
  readColumns(): Promise<void>
  focus(event: CellFocusedEvent<GridRow>): void
  point(event: CellContextMenuEvent<GridRow>): void
  press(event: CellKeyDownEvent<GridRow>): void
}

/** The parts of one grid. */
export function createGridParts(): GridParts {
  let api: GridApi<GridRow> | undefined
  let now: DataGridProps | undefined
  let store: RowStore | undefined
  let marked: Pick<DataGridProps, 'selected' | 'found'> = { selected: undefined, found: undefined }

  const columns = (): readonly string[] => (now === undefined ? [] : columnsInSight(now, api))
  const readBlock = async (startRow: number, answer: Parameters<IDatasource['getRows']>[0]['successCallback']): Promise<void> => {
    const [own, props] = [store, now]
    if (own === undefined || props === undefined) throw new Error('The grid asks before it is told what to show')
    const count = await own.load(Math.floor(startRow / BLOCK_ROWS), columns())
    const last = own.total() ?? (count < BLOCK_ROWS ? startRow + count : props.filter.length === 0 ? props.rows : undefined)
    answer(Array.from({ length: count }, (_, at): GridRow => ({ at: startRow + at })), last)
  }
  /** Another view may have taken the place of what failed. */
  const fail = (own: RowStore | undefined, error: unknown): void => {
    if (store === own && toErrorData(error).code !== 'cancelled') now?.onFailure(error)
  }
  const tellSight = (): void => {
    if (api === undefined || store === undefined || now === undefined) return
    now.onSight({ ...rowsInSight(api), total: store.total() ?? (now.filter.length === 0 ? now.rows : null), milliseconds: store.milliseconds() })
  }
  return {
    cells: {
      cell: (row, column) => store?.cell(row, column),
      isSelected: (column) => marked.selected === column,
      isFound: (row, words) => marked.found?.row === row && words.toLowerCase().includes(marked.found.text.toLowerCase()),
      pressHeader: (column, event, header) => pressHeader(now, column, event, header),
    },
    source: {
      getRows({ startRow, successCallback, failCallback }) {
        const own = store
        readBlock(startRow, successCallback).catch((error: unknown) => {
          failCallback()
          fail(own, error)
        })
      },
    },
    attach(grid) {
      api = grid
    },
    update(props) {
      now = props
    },
    show(rows) {
      store = rows
      if ((api?.getDisplayedRowCount() ?? 0) > 0) api?.ensureIndexVisible(0, 'top')
      api?.purgeInfiniteCache()
    },
    mark(selected, found) {
      if (found !== undefined && found !== marked.found) api?.ensureIndexVisible(found.row, 'middle')
      marked = { selected, found }
      api?.refreshCells({ force: true })
    },
    counted(own, total) {
      if (store !== own) return
      api?.setRowCount(total, true)
      tellSight()
    },
    tellSight,
    async readColumns() {
      const own = store
      if (api === undefined || own === undefined) return
      const names = columns()
      const blocks = own.missing(Math.max(0, api.getFirstDisplayedRowIndex()), Math.max(0, api.getLastDisplayedRowIndex()), names)
      if (blocks.length === 0) return
      try {
        await Promise.all(blocks.map((block) => own.load(block, names)))
        api?.refreshCells({ force: true })
      } catch (error) {
        fail(own, error)
      }
    },
    focus({ column }) {
      const name = typeof column === 'object' && column !== null ? column.getColDef().headerName : undefined
      if (name !== undefined && name !== '') now?.onSelect(name)
    },
    point({ data, colDef, value, event }) {
      const column = now?.columns.find(({ name }) => name === colDef.headerName)
      if (column === undefined || data === undefined || !(event instanceof MouseEvent)) return
      now?.onPoint({ row: data.at, column, value: value as Cell | undefined, x: event.clientX, y: event.clientY })
    },
    press({ data, colDef, event }) {
      if (!(event instanceof KeyboardEvent) || data === undefined || colDef.colId === 'row-number') return
      if (event.key.toLowerCase() !== 'c' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      now?.onCopy({ row: data.at, column: colDef.headerName ?? '' })
    },
  }
}

/** Names of the columns that are to be read: all of a table that is not wide, else those in sight. */
function columnsInSight({ columns, hidden }: DataGridProps, api: GridApi<GridRow> | undefined): readonly string[] {
  const shown = columns.filter(({ name }) => !hidden.has(name))
  if (shown.length <= ALL_COLUMNS || api === undefined) return shown.slice(0, ALL_COLUMNS).map(({ name }) => name)
  const inSight = new Set(api.getAllDisplayedVirtualColumns().map((column) => column.getColId()))
  return columns.flatMap(({ name }, index) => (inSight.has(columnId(index)) ? [name] : []))
}

/** Rows beside those in sight are drawn too, so that scrolling shows no gaps: they do not count. Pixels of long tables are no rows. */
function rowsInSight(api: GridApi<GridRow>): { readonly first: number; readonly last: number } {
  const { top, bottom } = api.getVerticalPixelRange()
  const drawn = api.getFirstDisplayedRowIndex()
  const first = drawn > 0 ? drawn + ROW_BUFFER : Math.floor(top / ROW_HEIGHT)
  return { first, last: Math.min(api.getLastDisplayedRowIndex(), first + Math.ceil((bottom - top) / ROW_HEIGHT) - 1) }
}

/** Enter sorts, with Shift by a further key; the menu's key opens the menu. True where the grid shall do nothing more. */
function pressHeader(now: DataGridProps | undefined, column: string, event: KeyboardEvent, header: Element): boolean {
  if (event.key === 'Enter') {
    now?.onSort(column, event.shiftKey)
    now?.onSelect(column)
    return true
  }
  if (event.key !== 'ContextMenu' && !(event.key === 'ArrowDown' && event.altKey)) return false
  event.preventDefault()
  header.closest('.ag-header-cell')?.querySelector<HTMLButtonElement>('button[aria-haspopup]')?.click()
  return true
}
