import { Button } from '@mantine/core'
import { LoaderCircle } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ReadingOptions } from '#shared/domain/reading-options.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { Note } from '../../components/note.tsx'
import styles from './leak-warnings.module.css'

/** Columns that give the target away, found before anything is trained; one click leaves them out. */
export function LeakWarnings({ path, reading, target, drop, onDrop }: { readonly path: string; readonly reading: ReadingOptions; readonly target: string; readonly drop: readonly string[]; readonly onDrop: (columns: readonly string[]) => void }): ReactElement {
  const leaks = useMethod('datasets.leaks', { paths: [path], reading, target })
  if (leaks.error !== null) return <ErrorNote error={leaks.error} retry={() => leaks.refetch()} />
  if (leaks.data === undefined) return <p className={styles['looking']} role="status"><LoaderCircle size={14} /> Looking for columns that give “{target}” away</p>
  const { findings, rows } = leaks.data
  if (findings.length === 0) return <Note tone="success">No column gives “{target}” away by itself, by the first {rows.toLocaleString('en-US')} rows.</Note>
  return (
    <>
      {findings.map(({ columns, message, advice }) => {
        const out = columns.every((column) => drop.includes(column))
        return (
          <div key={columns.join()} className={styles['leak']}>
            <Note
              tone={out ? 'info' : 'warning'}
              action={
                <Button variant="default" onClick={() => onDrop(out ? drop.filter((column) => !columns.includes(column)) : [...drop, ...columns])}>
                  {out ? 'Let it in' : 'Leave it out'}
                </Button>
              }
            >
              <b>{out ? `${columns.join(', ')} is left out.` : message}</b> {out ? '' : advice}
            </Note>
          </div>
        )
      })}
    </>
  )
}
