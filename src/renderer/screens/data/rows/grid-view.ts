import { useState } from 'react'
import type { Condition, SortKey } from '#shared/domain/row-order.ts'

/** How the rows of a dataset are looked at; kept while the screen shows that dataset. */
export type GridView = {
  readonly filter: readonly Condition[]
  readonly sort: readonly SortKey[]
  readonly hidden: ReadonlySet<string>
  /** Columns that stay at the left. */
  readonly pinned: readonly string[]
}

/** Ways to change it. */
export type GridViewActions = {
  /** Adds a condition, or puts it in the place of the one at `index`. */
  setCondition(condition: Condition, index?: number): void
  removeCondition(index: number): void
  clearFilter(): void
  setSort(sort: readonly SortKey[]): void
  setHidden(hidden: ReadonlySet<string>): void
  togglePinned(column: string): void
}

const EVERYTHING: GridView = { filter: [], sort: [], hidden: new Set(), pinned: [] }

/** The view of a dataset; another `key` begins with everything. */
export function useGridView(key: string): readonly [GridView, GridViewActions] {
  const [state, setState] = useState({ key, view: EVERYTHING })
  if (state.key !== key) setState({ key, view: EVERYTHING })
  const change = (next: (view: GridView) => GridView): void => setState((before) => ({ ...before, view: next(before.view) }))
  const view = state.key === key ? state.view : EVERYTHING
  return [
    view,
    {
      setCondition: (condition, index) => change((before) => ({ ...before, filter: index === undefined ? [...before.filter, condition] : before.filter.with(index, condition) })),
      removeCondition: (index) => change((before) => ({ ...before, filter: before.filter.toSpliced(index, 1) })),
      clearFilter: () => change((before) => ({ ...before, filter: [] })),
      setSort: (sort) => change((before) => ({ ...before, sort })),
      setHidden: (hidden) => change((before) => ({ ...before, hidden })),
      togglePinned: (column) => change((before) => ({ ...before, pinned: before.pinned.includes(column) ? before.pinned.filter((name) => name !== column) : [...before.pinned, column] })),
    },
  ]
}

/** The next sort when a column's header is pressed: ascending, descending, not at all; `add`: behind the keys that are there. */
export function nextSort(sort: readonly SortKey[], column: string, add: boolean): readonly SortKey[] {
  const now = sort.find((key) => key.column === column)
  const others = sort.filter((key) => key.column !== column)
  if (now === undefined) return add ? [...others, { column, descending: false }] : [{ column, descending: false }]
  const next = now.descending ? [] : [{ column, descending: true }]
  if (!add) return next
  return sort.flatMap((key) => (key.column === column ? next : [key]))
}

const WORDS: Readonly<Record<Condition['operator'], string>> = {
  '=': 'is',
  '!=': 'is not',
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  contains: 'contains',
  'starts with': 'starts with',
  'is missing': 'is blank',
  'is not missing': 'is not blank',
}

/** How a condition compares, in words. */
export function operatorWords(operator: Condition['operator']): string {
  return WORDS[operator]
}

/** True where nothing is compared with. */
export function isBare(operator: Condition['operator']): boolean {
  return operator === 'is missing' || operator === 'is not missing'
}

/** The sort in words, e.g. `tenure, then charges descending`. */
export function sortWords(sort: readonly SortKey[]): string {
  return sort.map(({ column, descending }) => (descending ? `${column} descending` : column)).join(', then ')
}
