import { Button } from '@mantine/core'
import { CircleCheck, CircleDashed, LoaderCircle, Square } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { useClient } from '../../client/client-context.tsx'
import { useRunEvents } from '../../client/use-run-events.ts'
import { formatDuration, formatRemaining } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import type { Made } from './new.tsx'
import styles from './learning.module.css'

const WORDS: Readonly<Record<string, string>> = {
  'ingest/file': 'Read the file',
  'prepare/clean': 'Repair cells, and say which',
  'prepare/split': 'Hold rows out for the examination',
  'features/recipe': 'Plan what becomes of each column',
  'train/model': 'Compare learners and train the best',
  'evaluate/report': 'Examine it on rows that it has never seen',
  'deploy/local': 'Make it ready to score new rows',
}

/** The run, live: one line per step in plain words, with the time that is left. */
export function Learning({ made, job }: { readonly made: Made; readonly job: Job | undefined }): ReactElement {
  const client = useClient()
  const events = useRunEvents(made.job)
  const steps = events.flatMap((event) => (event.type === 'run-started' ? event.steps : []))
  const ended = new Map(events.flatMap((event) => (event.type === 'step-finished' ? [[event.summary.id, event.summary] as const] : [])))
  const says = events.flatMap((event) => (event.type === 'step-log' && event.line.level !== 'debug' ? [event.line] : [])).slice(-8)
  return (
    <Page title="Learning" sub={made.file} actions={<Button variant="default" leftSection={<Square size={13} />} onClick={() => void client.call('activity.cancel', { job: made.job })}>Cancel run</Button>}>
      <div className={styles['body']}>
        <ProgressBar value={job?.fraction ?? null} label="Progress of the run" thick />
        <p className={styles['now']} role="status">
          {job === undefined || job.state === 'queued' ? 'Waits for other work to end' : job.message === '' ? (WORDS[steps.find(({ id }) => id === job.step)?.uses ?? ''] ?? 'Starts') : job.message}
          <span>{formatRemaining(job?.remainingSeconds)}</span>
        </p>
        <ol className={styles['steps']}>
          {steps.map(({ id, uses }) => {
            const done = ended.get(id)
            const running = job?.step === id && done === undefined
            const Icon = done === undefined ? (running ? LoaderCircle : CircleDashed) : CircleCheck
            return (
              <li key={id} className={styles[done === undefined ? (running ? 'running' : 'waiting') : 'done']}>
                <Icon size={16} />
                <span>{WORDS[uses] ?? id}</span>
                <small>{done === undefined ? '' : done.cache.hit ? 'reused' : formatDuration(done.seconds)}</small>
              </li>
            )
          })}
        </ol>
        <ul className={styles['says']} aria-label="Log">{says.map((line) => <li key={`${String(line.at)} ${line.message}`}>{line.message}</li>)}</ul>
      </div>
    </Page>
  )
}
