import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { fromErrorData, type ErrorData } from '#shared/errors.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { Note } from '../../../components/note.tsx'
import type { ShownRun } from '../run/use-shown-run.ts'
import type { SessionState } from './session.ts'
import styles from '../pipeline.module.css'

/** What has to be said about the document: another program's change, text that cannot be read, why the last run failed. */
export function Remarks({ state, shown, selected, onTakeTheirs, onKeepMine, onStep }: { readonly state: SessionState; readonly shown: ShownRun; readonly selected: string | undefined; onTakeTheirs(): void; onKeepMine(): void; onStep(id: string): void }): ReactElement {
  const { document, stale, findings, error } = state
  const { failure } = shown
  const first = findings[0]
  return (
    <div className={styles['remarks']} role="status">
      {document?.theirs === undefined ? undefined : <Theirs gone={document.theirs === 'gone'} onTakeTheirs={onTakeTheirs} onKeepMine={onKeepMine} />}
      {stale ? (
        <Note tone="warning">
          The graph shows the last text that could be read.{first === undefined ? '' : ` Line ${String(first.line)}: ${first.message}.`}
        </Note>
      ) : undefined}
      {error === undefined ? undefined : <ErrorNote error={fromErrorData(error)} />}
      {failure === undefined || failure.step === selected ? undefined : <Failure step={failure.step} error={failure.error} onStep={onStep} />}
    </div>
  )
}

function Theirs({ gone, onTakeTheirs, onKeepMine }: { readonly gone: boolean; onTakeTheirs(): void; onKeepMine(): void }): ReactElement {
  return (
    <Note
      tone="warning"
      action={
        <>
          {gone ? undefined : (
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
      {gone ? 'The file was removed by another program. Keep yours, and the next save writes it again.' : 'Another program changed the file, and you changed it here. Nothing is lost: what you do not take can be had back by undo.'}
    </Note>
  )
}

/** Short where the step tells the rest. */
function Failure({ step, error, onStep }: { readonly step: string | undefined; readonly error: ErrorData; onStep(id: string): void }): ReactElement {
  if (step === undefined) return <ErrorNote error={fromErrorData(error)} />
  return (
    <Note
      tone="danger"
      action={
        <Button size="compact-xs" variant="default" onClick={() => onStep(step)}>
          Show {step}
        </Button>
      }
    >
      The run failed: {error.headline}
    </Note>
  )
}
