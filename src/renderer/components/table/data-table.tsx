import { lazy, Suspense, useDeferredValue, useRef, useState, type ReactElement } from 'react'
import { ActionIcon, TextInput } from '@mantine/core'
import { Search, X } from 'lucide-react'
import { useCommands } from '../../app/commands.ts'
import { plural } from '../format.ts'
import { Later } from '../later.tsx'
import { TableSkeleton } from '../skeletons.tsx'
import type { DataTableProps } from './table-column.ts'
import { TableMenu } from './table-menu.tsx'
import styles from './data-table.module.css'

export type { DataTableProps, TableColumn } from './table-column.ts'

const Grid = lazy(async () => ({ default: (await import('./grid.tsx')).Grid }))

const SHORTEST = 3

/** A table that is filtered by words, sorted by its headers, used by keyboard and saved as a file; the grid arrives when the first one is shown. */
export function DataTable<R>(props: DataTableProps<R>): ReactElement {
  const { name, rows, columns, height = 'fill', saveAs, toolbar = true, actions } = props
  const [words, setWords] = useState('')
  const [shown, setShown] = useState<number>()
  const filter = useDeferredValue(words)
  const field = useRef<HTMLInputElement>(null)
  useCommands(toolbar ? [{ id: 'filter-table', title: `Filter ${name.toLowerCase()}`, keys: '/', hidden: true, run: () => field.current?.focus() }] : [])
  const waiting = <TableSkeleton rows={Math.max(SHORTEST, Math.min(rows.length, 12))} columns={Math.min(columns.length, 6)} />
  return (
    <div className={styles['table']} style={height === 'fill' ? { flex: 1 } : { height, minHeight: 0 }}>
      {toolbar ? (
        <div className={styles['toolbar']}>
          <TextInput
            ref={field}
            aria-label={`Filter ${name.toLowerCase()}`}
            placeholder="Filter"
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setWords('')
            }}
            leftSection={<Search size={14} />}
            rightSection={
              words === '' ? undefined : (
                <ActionIcon size={20} aria-label="Clear the filter" onClick={() => setWords('')}>
                  <X size={14} />
                </ActionIcon>
              )
            }
            w={220}
          />
          <span className={styles['count']} aria-live="polite">
            {words !== '' && shown !== undefined ? `${plural(shown, 'row')} of ${String(rows.length)}` : plural(rows.length, 'row')}
          </span>
          <div className={styles['end']}>
            {actions}
            {saveAs === undefined ? undefined : <TableMenu name={name} rows={rows} columns={columns} saveAs={saveAs} />}
          </div>
        </div>
      ) : undefined}
      <Suspense fallback={waiting}>
        <Later meanwhile={waiting}>
          <Grid {...(props as unknown as DataTableProps<unknown>)} filter={filter} onShown={setShown} />
        </Later>
      </Suspense>
    </div>
  )
}
