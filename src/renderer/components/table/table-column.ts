import type { ReactNode } from 'react'

/** A column of a table of things that the window holds. */
export type TableColumn<R> = {
  readonly id: string
  readonly title: string
  /** Muted behind the title, e.g. "ms". */
  readonly unit?: string
  /** Numbers stand right and sort as numbers. */
  readonly kind?: 'text' | 'number'
  /** What is sorted, filtered and saved. */
  value(row: R): string | number | null | undefined
  /** Number in words, e.g. `formatScore`; by default in four figures. */
  format?(value: number): string
  /** Stands in place of the value. */
  show?(row: R): ReactNode
  /** In pixels; columns without one share what is left. */
  readonly width?: number
  /** Share of what is left, 1 by default. */
  readonly grow?: number
  /** Left out where the window is narrow. */
  readonly wide?: boolean
  readonly fixed?: 'left' | 'right'
  /** False: neither sorted nor saved, e.g. a column of buttons. */
  readonly data?: boolean
}

/** A table of things that the window holds. */
export type DataTableProps<R> = {
  /** What the rows are, e.g. "Runs"; read aloud. */
  readonly name: string
  readonly rows: readonly R[]
  readonly columns: readonly TableColumn<R>[]
  /** Identity of a row across changes. */
  rowId(row: R): string
  /** The row was clicked or Enter was pressed on it. */
  onRow?(row: R): void
  /** Rows that are marked; with `onSelect`, boxes mark them. */
  readonly selected?: readonly string[]
  onSelect?(ids: readonly string[]): void
  /** In pixels; `fill` takes what the pane has. */
  readonly height?: number | 'fill'
  /** Name of the saved file, without its ending; left out: the table cannot be saved. */
  readonly saveAs?: string
  /** Order at first. */
  readonly sort?: { readonly column: string; readonly descending: boolean }
  /** 48 px: rows with two lines. */
  readonly rowHeight?: number
  /** False: without the row that filters and saves. */
  readonly toolbar?: boolean
  /** Beside the filter. */
  readonly actions?: ReactNode
}
