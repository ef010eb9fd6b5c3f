import { createContext, use } from 'react'
import type { SortKey } from '#shared/domain/row-order.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DatasetPlace } from '../column-summaries.ts'

/** What the parts of the grid share. */
export type GridShared = {
  readonly place: DatasetPlace
  readonly rows: number
  readonly columns: ReadonlyMap<string, ColumnSchema>
  readonly sort: readonly SortKey[]
  readonly pinned: readonly string[]
  /** Column whose statistics are shown. */
  readonly selected: string | undefined
  /** Columns about which something was found, with how much it matters. */
  readonly marked: ReadonlyMap<string, 'danger' | 'warning' | 'info'>
  select(column: string): void
  sortBy(column: string, add: boolean): void
  setSort(sort: readonly SortKey[]): void
  filterBy(column: string): void
  togglePinned(column: string): void
  hide(column: string): void
}

const GridContext = createContext<GridShared | undefined>(undefined)

/** Gives the parts of a grid what they share. */
export const GridProvider = GridContext.Provider

/** What the parts of the grid share. */
export function useGrid(): GridShared {
  const shared = use(GridContext)
  if (shared === undefined) throw new Error('Parts of the grid stand below a GridProvider')
  return shared
}
