import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatRemaining, formatShare } from '../../components/format.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import styles from './job-line.module.css'

/** True while the work is queued or runs. */
export function isActive(job: Job | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running'
}

/** How far a piece of work is, in one line, and the way to stop it. */
export function JobLine({ job, onCancel }: { readonly job: Job; onCancel(): void }): ReactElement {
  const waits = job.state === 'queued'
  const words = waits ? 'waits for other work' : [job.fraction === null ? '' : formatShare(job.fraction), job.message, formatRemaining(job.remainingSeconds)].filter((part) => part !== '').join(' · ')
  return (
    <div className={styles['line']} role="status">
      <b>{cellText(job.title)}</b>
      <ProgressBar value={waits ? null : job.fraction} label={job.title} />
      <span className={styles['words']}>{words}</span>
      <Button variant="default" size="compact-xs" onClick={onCancel}>Cancel</Button>
    </div>
  )
}
