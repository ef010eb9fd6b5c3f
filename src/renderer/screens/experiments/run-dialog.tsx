import { Button, Modal } from '@mantine/core'
import type { ReactElement } from 'react'
import { fromErrorData } from '#shared/errors.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatClock, formatDuration } from '../../components/format.ts'
import { TextSkeleton } from '../../components/skeletons.tsx'
import styles from './run-dialog.module.css'

/** Lines of the log that are shown, the last ones. */
const LINES = 200

/** What is recorded of a run: its steps with the reason why each ran or was reused, what made it fail, and its log. */
export function RunDialog({ run, onClose, onModel }: { readonly run: string | undefined; onClose(): void; onModel(run: string): void }): ReactElement {
  return (
    <Modal opened={run !== undefined} onClose={onClose} title={`Run ${run ?? ''}`} size={760}>
      {run === undefined ? undefined : <RunBody run={run} onModel={onModel} />}
    </Modal>
  )
}

function RunBody({ run, onModel }: { readonly run: string; onModel(run: string): void }): ReactElement {
  const project = useProject()
  const { data, error, refetch } = useMethod('runs.show', { project, run })
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (data === undefined) return <TextSkeleton lines={8} />
  return (
    <div className={styles['body']}>
      {data.error === undefined ? undefined : <ErrorNote error={fromErrorData(data.error)} />}
      <table className={styles['steps']}>
        <thead>
          <tr><th scope="col">Step</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col">Time</th><th scope="col">Why</th></tr>
        </thead>
        <tbody>
          {data.steps.map(({ id, uses, status, seconds, cache }) => (
            <tr key={id}>
              <th scope="row">{cellText(id, 40)}</th>
              <td>{uses}</td>
              <td>{cache.hit ? 'reused' : status}</td>
              <td className={styles['number']}>{formatDuration(seconds)}</td>
              <td>{cellText(cache.reason, 200)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.log.length === 0 ? undefined : <ol className={styles['log']} aria-label="Log">
        {data.log.slice(-LINES).map(({ at, level, step, message }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines of a log keep their places
          <li key={index} className={styles[level]}>
            <time>{formatClock(at, true)}</time> {step === undefined ? '' : `${step}: `}
            {cellText(message, 500)}
          </li>
        ))}
      </ol>}
      {data.model === undefined ? undefined : (
        <div className={styles['buttons']}>
          <Button variant="default" onClick={() => onModel(run)}>Look at the model</Button>
        </div>
      )}
    </div>
  )
}
