import { ActionIcon, Tooltip } from '@mantine/core'
import { Search } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { formatCount, plural } from '../../../components/format.ts'
import type { DatasetPlace } from '../column-summaries.ts'
import { ColumnChooser } from './column-chooser.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FindBar } from './find-bar.tsx'
import { sortWords, type GridView, type GridViewActions } from './grid-view.ts'
import type { Find } from './use-find.ts'
import styles from './rows.module.css'

type RowsToolbarProps = {
  readonly place: DatasetPlace
  readonly columns: readonly ColumnSchema[]
  readonly rows: number
  readonly total: number | null
  readonly view: GridView
  readonly actions: GridViewActions
  readonly find: Find
  readonly asked: string | undefined
  onAsk(column: string | undefined): void
}

/** Filter, find and columns of the grid, and how many rows are left in which order. */
export function RowsToolbar({ place, columns, rows, total, view, actions, find, asked, onAsk }: RowsToolbarProps): ReactElement {
  const { filter, sort, hidden } = view
  return (
    <>
      <FilterChips place={place} columns={columns} filter={filter} actions={actions} asked={asked} onAsk={onAsk} />
      <span className={styles['count']} aria-live="polite">
        {filter.length === 0 ? plural(rows, 'row') : <><b>{total === null ? '…' : formatCount(total)}</b>{` of ${plural(rows, 'row')}`}</>}
        {sort.length === 0 ? '' : `, by ${sortWords(sort)}`}
      </span>
      {find.open ? <FindBar find={find} /> : undefined}
      <span className={styles['end-tools']}>
        {find.open ? undefined : (
          <Tooltip label="Find (Ctrl F)">
            <ActionIcon aria-label="Find in the rows" onClick={() => find.show(true)}><Search size={16} /></ActionIcon>
          </Tooltip>
        )}
        <ColumnChooser columns={columns} hidden={hidden} onChange={actions.setHidden} />
      </span>
    </>
  )
}
