import type { CellClassParams, ColDef, SuppressHeaderKeyboardEventParams, ValueFormatterParams, ValueGetterParams } from 'ag-grid-community'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { cellText } from '../../../components/cell-text.ts'
import { formatCount } from '../../../components/format.ts'
import { cellWords, isMissing } from './cell-words.ts'
import { ColumnHeader } from './column-header.tsx'
import type { Cell } from './row-store.ts'
import styles from './data-grid.module.css'

/** A row as the grid holds it: its place in the view; cells are looked up where they are shown. */
export type GridRow = { readonly at: number }

/** What cells look up while they are drawn. */
export type CellPlace = {
  cell(row: number, column: string): Cell | undefined
  isSelected(column: string): boolean
  /** True for cells that hold the text that is looked for. */
  isFound(row: number, words: string): boolean
  pressHeader(column: string, event: KeyboardEvent, header: Element): boolean
}

type Get = ValueGetterParams<GridRow>
type Show = ValueFormatterParams<GridRow, Cell | undefined>
type Look = CellClassParams<GridRow, Cell | undefined>

const isNumeric = ({ type }: ColumnSchema): boolean => type === 'integer' || type === 'decimal'

/** Id of a column in the grid: names may hold anything. */
export function columnId(index: number): string {
  return `c${String(index)}`
}

/** The columns of the grid: row numbers, then those that are shown, pinned ones first. */
export function gridColumns(columns: readonly ColumnSchema[], rows: number, hidden: ReadonlySet<string>, pinned: readonly string[], place: CellPlace): ColDef<GridRow>[] {
  const numbers: ColDef<GridRow> = {
    colId: 'row-number',
    headerName: '#',
    valueGetter: ({ data }: Get) => (data === undefined ? undefined : data.at + 1),
    valueFormatter: ({ value }: { readonly value?: unknown }) => (typeof value === 'number' ? formatCount(value) : ''),
    pinned: 'left',
    lockPinned: true,
    width: Math.max(44, 22 + formatCount(rows).length * 7),
    resizable: false,
    sortable: false,
    suppressMovable: true,
    cellClass: styles['number'] ?? '',
    headerClass: styles['number-head'] ?? '',
  }
  return [numbers, ...columns.flatMap((column, index) => (hidden.has(column.name) ? [] : [dataColumn(column, index, pinned.includes(column.name), place)]))]
}

function dataColumn(column: ColumnSchema, index: number, pinned: boolean, place: CellPlace): ColDef<GridRow> {
  const { name } = column
  const numeric = isNumeric(column)
  const words = (cell: Cell | undefined): string => (cell === undefined ? '' : cellWords(cell, column))
  return {
    colId: columnId(index),
    headerName: name,
    headerComponent: ColumnHeader,
    valueGetter: ({ data }: Get) => (data === undefined ? undefined : place.cell(data.at, name)),
    valueFormatter: ({ value }: Show) => words(value ?? undefined) || (value === null ? cellWords(null, column) : ''),
    tooltipValueGetter: ({ value }: { readonly value?: unknown }) => (typeof value === 'string' && value.length > 20 ? cellText(value) : undefined),
    equals: () => false,
    pinned: pinned ? 'left' : null,
    width: widthOf(column),
    minWidth: 72,
    sortable: false,
    suppressMovable: true,
    headerClass: styles['head'] ?? '',
    cellClass: [numeric ? 'ag-right-aligned-cell' : '', column.role === 'identifier' && !numeric ? (styles['key'] ?? '') : ''],
    cellClassRules: {
      [styles['waiting'] ?? 'waiting']: ({ value }: Look) => value === undefined,
      [styles['blank'] ?? 'blank']: ({ value }: Look) => value !== undefined && isMissing(value, column),
      [styles['selected'] ?? 'selected']: () => place.isSelected(name),
      [styles['found'] ?? 'found']: ({ data, value }: Look) => data !== undefined && value !== undefined && value !== null && place.isFound(data.at, String(value)),
    },
    suppressHeaderKeyboardEvent: ({ event, headerRowIndex: _ }: SuppressHeaderKeyboardEventParams) => place.pressHeader(name, event, event.target as Element),
  }
}

function widthOf({ name, type, role, format }: ColumnSchema): number {
  const forName = 44 + Math.min(24, name.length) * 7 + (role === 'feature' ? 0 : 12 + (role === 'identifier' ? 2 : role.length) * 6)
  const forCells = type === 'text' ? 260 : type === 'category' ? 130 : type === 'datetime' ? (format !== undefined && !/%[HIfX]/.test(format) ? 104 : 152) : 96
  return Math.max(forName, forCells)
}
