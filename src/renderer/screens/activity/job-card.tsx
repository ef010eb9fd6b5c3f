import { Button } from '@mantine/core'
import { Clock } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { useProjectStore } from '../../app/project.ts'
import { formatDuration } from '../../components/format.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { progressWords, remainingWords, secondsOf, subjectOf } from './job-words.ts'
import styles from './activity.module.css'

/** Work that runs or waits. */
export type JobCardProps = {
  readonly job: Job
  /** Its log is shown. */
  readonly selected: boolean
  /** Titles of what runs before it. */
  readonly before: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
  onSelect(): void
  onCancel(): void
}

/** A piece of work with its progress; the one whose log is shown has a frame in the accent. */
export function JobCard({ job, selected, before, now, onSelect, onCancel }: JobCardProps): ReactElement {
  const open = useProjectStore((state) => state.path)
  const queued = job.state === 'queued'
  const classes = [styles['job'], selected ? styles['selected'] : '', queued ? styles['queued'] : ''].join(' ')
  return (
    <li className={classes}>
      <button type="button" className={styles['show']} aria-pressed={selected} onClick={onSelect}>
        {queued ? <Clock size={14} /> : <span className={styles['spinner']} aria-hidden="true" />}
        <span className={styles['title']}>{job.title}</span>
        <span className={styles['subject']}>{subjectOf(job, open)}</span>
        <span className="read-aloud">{queued ? 'queued' : 'running'}; show its log</span>
      </button>
      {queued ? <p className={styles['waits']}>{before.length === 0 ? 'starts in a moment' : `waits for ${before.join(', ')}`}</p> : <Progress job={job} now={now} />}
      <Button variant="default" onClick={onCancel} aria-label={`Cancel ${job.title}`}>
        Cancel
      </Button>
    </li>
  )
}

function Progress({ job, now }: { readonly job: Job; readonly now: number }): ReactElement {
  const [share, remaining] = remainingWords(job)
  return (
    <>
      <p className={styles['doing']}>{progressWords(job)}</p>
      <div className={styles['progress']}>
        <ProgressBar value={job.fraction} label={`Progress of ${job.title}`} thick />
        <p>
          <span>{share}</span>
          <span>{remaining === '' ? `for ${formatDuration(Math.floor(secondsOf(job, now) ?? 0))}` : remaining}</span>
        </p>
      </div>
    </>
  )
}
