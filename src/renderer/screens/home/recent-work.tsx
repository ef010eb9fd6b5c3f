import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleDashed, CircleStop, LoaderCircle } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Job, JobState } from '#shared/domain/job.ts'
import { useJobs } from '../../client/use-job.ts'
import { formatMoment, formatRemaining } from '../../components/format.ts'
import { Panel } from './panel.tsx'
import styles from './recent-work.module.css'

const SHOWN = 5

const ICONS: Readonly<Record<JobState, { readonly icon: typeof CircleCheck; readonly word: string }>> = {
  queued: { icon: CircleDashed, word: 'waits' },
  running: { icon: LoaderCircle, word: 'is running' },
  succeeded: { icon: CircleCheck, word: 'finished' },
  failed: { icon: CircleAlert, word: 'failed' },
  cancelled: { icon: CircleStop, word: 'was cancelled' },
}

function detail(job: Job): string {
  if (job.state === 'failed') return job.error?.headline ?? ''
  if (job.state === 'running') return [job.step ?? job.message, formatRemaining(job.remainingSeconds)].filter((text) => text !== '').join(' · ')
  return formatMoment(job.finishedAt ?? job.queuedAt)
}

/** The latest work of this engine, with the way to its details. */
export function RecentWork(): ReactElement {
  const jobs = useJobs().slice(0, SHOWN)
  return (
    <Panel title="Recent work" sub="since Millrace was started" divided>
      {jobs.length === 0 ? <p className={styles['none']}>Nothing yet. Runs, imports and predictions are listed here while they go on and when they end.</p> : undefined}
      <ul className={styles['list']}>
        {jobs.map((job) => {
          const { icon: Icon, word } = ICONS[job.state]
          return (
            <li key={job.id}>
              <span className={`${styles['icon'] ?? ''} ${styles[job.state] ?? ''}`}><Icon size={15} /></span>
              <span className={styles['words']}>
                <b>{job.title}</b> {word}
                <small>{detail(job)}</small>
              </span>
              <Link to="/activity" search={{ job: job.id }} className={styles['open']}>Open</Link>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
