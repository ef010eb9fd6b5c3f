import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { useJobs } from '../../client/use-job.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { toast } from '../../components/toast.tsx'
import { JobLine, isActive } from './job-line.tsx'
import { readVersion } from './retype-bar.tsx'
import styles from './bars.module.css'

type Read = { readonly dataset: string; readonly version: number }

/** Files that are being read into the project, how far each is, and what went wrong; `onRead` is told of what came while this was shown. */
export function ReadingJobs({ project, onRead }: { readonly project: string; onRead(read: Read): void }): ReactElement {
  const client = useClient()
  const jobs = useJobs().filter((job) => job.kind === 'import' && job.project === project)
  const [shownSince] = useState(() => Date.now())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const told = useRef(new Set<string>())
  const tell = useRef(onRead)
  useEffect(() => {
    tell.current = onRead
  })
  useEffect(() => {
    for (const job of jobs) {
      if (job.state !== 'succeeded' || (job.finishedAt ?? 0) < shownSince || told.current.has(job.id)) continue
      told.current.add(job.id)
      const read = readVersion(job.result)
      if (read === undefined) continue
      toast.success(read.reused ? `${read.dataset} v${String(read.version)}: the same had been read before` : `Read ${read.dataset} v${String(read.version)}`)
      tell.current(read)
    }
  }, [jobs, shownSince])
  const failed = jobs.filter((job) => job.state === 'failed' && (job.finishedAt ?? 0) >= shownSince && !dismissed.has(job.id))
  return (
    <>
      {jobs.filter(isActive).map((job) => (
        <div key={job.id} className={styles['jobs']}>
          <JobLine job={job} onCancel={() => void client.call('activity.cancel', { job: job.id }).catch(toast.failure)} />
        </div>
      ))}
      {failed.map((job) => (
        <div key={job.id} className={styles['failed']}>
          <ErrorNote error={job.error} actions={<Button variant="default" onClick={() => setDismissed((before) => new Set([...before, job.id]))}>Dismiss</Button>} />
        </div>
      ))}
    </>
  )
}
