import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { fromErrorData } from '#shared/errors.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { Note } from '../../../components/note.tsx'
import type { ShownRun } from '../run/use-shown-run.ts'
import type { SessionState } from './session.ts'
import styles from '../pipeline.module.css'

/** What has to be said over the graph: another program's change, text that cannot be read, why the last run failed. */
export function Remarks({ state, shown, onTakeTheirs, onKeepMine }: { readonly state: SessionState; readonly shown: ShownRun; onTakeTheirs(): void; onKeepMine(): void }): ReactElement | undefined {
  const { document, stale, findings, error } = state
  const theirs = document?.theirs
  const failure = shown.active ? undefined : (shown.job?.error ?? shown.detail?.error)
  const first = findings[0]
  return (
    <div className={styles['remarks']} role="status">
      {theirs === undefined ? undefined : (
        <Note
          tone="warning"
          action={
            <>
              {theirs === 'gone' ? undefined : (
                <Button size="compact-xs" variant="default" onClick={onTakeTheirs}>
                  Take the file
                </Button>
              )}
              <Button size="compact-xs" variant="default" onClick={onKeepMine}>
                Keep mine
              </Button>
            </>
          }
        >
          {theirs === 'gone' ? 'The file was removed by another program. Keep yours, and the next save writes it again.' : 'Another program changed the file, and you changed it here. Nothing is lost: what you do not take can be had back by undo.'}
        </Note>
      )}
      {stale ? (
        <Note tone="warning">
          The graph shows the last text that could be read.{first === undefined ? '' : ` Line ${String(first.line)}: ${first.message}.`}
        </Note>
      ) : undefined}
      {error === undefined ? undefined : <ErrorNote error={fromErrorData(error)} />}
      {failure === undefined || failure === null || failure.code === 'cancelled' ? undefined : <ErrorNote error={fromErrorData(failure)} />}
    </div>
  )
}
