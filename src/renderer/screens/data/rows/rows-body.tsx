import { lazy, Suspense, useDeferredValue, useMemo, useState, type ReactElement } from 'react'
import type { DatasetDescription } from '#shared/contract/datasets.ts'
import { useClient } from '../../../client/client-context.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { Later } from '../../../components/later.tsx'
import { TableSkeleton } from '../../../components/skeletons.tsx'
import { toast } from '../../../components/toast.tsx'
import type { DatasetPlace } from '../column-summaries.ts'
import { CellMenu } from './cell-menu.tsx'
import type { GridSight, PointedCell } from './data-grid.tsx'
import { GridProvider, type GridShared } from './grid-context.ts'
import { nextSort, type GridView, type GridViewActions } from './grid-view.ts'
import { RowsFooter } from './rows-footer.tsx'
import type { Find } from './use-find.ts'
import styles from './rows.module.css'

const DataGrid = lazy(async () => ({ default: (await import('./data-grid.tsx')).DataGrid }))

/** The grid with its footer, and what is between it and the rest of the screen. */
export type RowsBodyProps = {
  readonly description: DatasetDescription
  readonly place: DatasetPlace
  readonly grid: string
  readonly view: GridView
  readonly actions: GridViewActions
  readonly find: Find
  readonly sight: GridSight | undefined
  readonly selected: string | undefined
  readonly marked: GridShared['marked']
  readonly failure: unknown
  onSelect(column: string): void
  onSight(sight: GridSight): void
  onFailure(error: unknown): void
  onFilterBy(column: string): void
}

/** Every row of the dataset as the view shows them. */
export function RowsBody({ description, place, grid, view, actions, find, sight, selected, marked, failure, onSelect, onSight, onFailure, onFilterBy }: RowsBodyProps): ReactElement {
  const client = useClient()
  const [pointed, setPointed] = useState<PointedCell>()
  const { columns, rows } = description
  const byName = useMemo(() => new Map(columns.map((column) => [column.name, column])), [columns])
  // The grid follows in work of its own: a press on a header is answered before hundreds of cells are drawn anew.
  const drawn = useDeferredValue(useMemo(() => ({ view, selected }), [view, selected]))
  const order = { sort: [...view.sort], filter: [...view.filter] }
  const copy = async ({ row, column }: { readonly row: number; readonly column: string }): Promise<void> => {
    try {
      const { value } = await client.call('datasets.cell', { ...place, order, column, row })
      await navigator.clipboard.writeText(value ?? '')
      toast.success(value === null ? 'The cell is blank' : 'Cell copied')
    } catch (error) {
      toast.failure(error)
    }
  }
  const sortBy = (column: string, add: boolean): void => actions.setSort(nextSort(view.sort, column, add))
  const hide = (column: string): void => actions.setHidden(new Set([...view.hidden, column]))
  const shared: GridShared = { place, rows, columns: byName, sort: view.sort, pinned: view.pinned, selected, marked, select: onSelect, sortBy, setSort: actions.setSort, filterBy: onFilterBy, togglePinned: actions.togglePinned, hide }
  return (
    <div className={styles['body']}>
      {failure === undefined ? undefined : (
        <div className={styles['failure']}>
          <ErrorNote error={failure} retry={() => onFailure(undefined)} />
        </div>
      )}
      <GridProvider value={shared}>
        <Suspense fallback={<TableSkeleton rows={20} columns={8} />}>
          <Later meanwhile={<TableSkeleton rows={20} columns={8} />}>
            <DataGrid
              key={failure === undefined ? 'rows' : 'failed'}
              {...{ place, grid, rows, columns, selected: drawn.selected, onSelect, onSight, onFailure }}
              {...{ hidden: drawn.view.hidden, pinned: drawn.view.pinned, filter: drawn.view.filter, sort: drawn.view.sort, found: find.found }}
              onSort={sortBy}
              onPoint={setPointed}
              onCopy={(cell) => void copy(cell)}
            />
          </Later>
        </Suspense>
      </GridProvider>
      {sight?.total === 0 ? <p className={styles['none']}>No row meets all conditions of the filter.</p> : undefined}
      <RowsFooter sight={sight} shown={columns.length - view.hidden.size} description={description} />
      <CellMenu cell={pointed} onClose={() => setPointed(undefined)} onCopy={(cell) => void copy(cell)} onCondition={(condition) => actions.setCondition(condition)} />
    </div>
  )
}
