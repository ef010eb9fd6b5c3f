import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Activity, Eraser } from 'lucide-react'
import { useCallback, type ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { useClient } from '../../client/client-context.tsx'
import { hasEnded, replaceJobs, useJobStore } from '../../client/jobs.ts'
import { useJobs } from '../../client/use-job.ts'
import { useMethod } from '../../client/use-method.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'
import { PaneHead } from '../../components/pane.tsx'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { toast } from '../../components/toast.tsx'
import { DoneTable } from './done-table.tsx'
import { JobCard } from './job-card.tsx'
import { JobLog } from './job-log.tsx'
import { MachinePanel } from './machine-panel.tsx'
import { useJobActions } from './use-job-actions.ts'
import { useNow } from './use-now.ts'
import styles from './activity.module.css'

const route = getRouteApi('/activity')

/** All work: what runs, what waits, what has ended, the log of one, and the machine. */
export function ActivityScreen(): ReactElement {
  const jobs = useJobs()
  const known = useJobStore((state) => state.known)
  const ended = jobs.filter(hasEnded)
  const active = jobs.filter((job) => !hasEnded(job)).toReversed()
  const clear = useClear()
  return (
    <Page
      title="Activity"
      sub={<Summary active={active} />}
      actions={
        ended.length === 0 ? undefined : (
          <Button variant="default" leftSection={<Eraser size={14} />} onClick={() => void clear()}>
            Clear ended work
          </Button>
        )
      }
      side={<MachinePanel />}
      sideLabel="Machine"
    >
      {known ? jobs.length === 0 ? <Nothing /> : <Work jobs={jobs} active={active} ended={ended} /> : <TableSkeleton />}
    </Page>
  )
}

function Summary({ active }: { readonly active: readonly Job[] }): ReactElement {
  const { data: info } = useMethod('app.info', {})
  const running = active.filter(({ state }) => state === 'running').length
  const queued = active.length - running
  if (active.length === 0) return <>nothing is running</>
  const counts = [running > 0 ? `${String(running)} running` : '', queued > 0 ? `${String(queued)} queued` : ''].filter((part) => part !== '').join(', ')
  return <>{info?.host === 'web' ? `${counts} · closing this window keeps them running` : counts}</>
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      icon={Activity}
      title="Nothing was done since Millrace was started"
      text="Runs, imports and exports appear here with their progress, remaining time and log. One piece of work runs at a time, so that each may use the whole machine; others wait in order."
      command="millrace runs"
    />
  )
}

function Work({ jobs, active, ended }: { readonly jobs: readonly Job[]; readonly active: readonly Job[]; readonly ended: readonly Job[] }): ReactElement {
  const { job: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const { cancel, retry } = useJobActions()
  const now = useNow(active.length > 0)
  const selected = jobs.find(({ id }) => id === asked) ?? active[0] ?? ended[0]
  const select = useCallback((job: string) => void navigate({ search: { job }, replace: true }), [navigate])
  const again = async (job: Job): Promise<void> => {
    const id = await retry(job)
    if (id !== undefined) select(id)
  }
  return (
    <>
      {active.length === 0 ? undefined : (
        <section aria-label="Now" className={styles['now']}>
          <PaneHead title="Now" />
          <ul>
            {active.map((job, at) => (
              <JobCard
                key={job.id}
                job={job}
                selected={job.id === selected?.id}
                before={active.slice(0, at).map(({ title }) => title)}
                now={now}
                onSelect={() => select(job.id)}
                onCancel={() => void cancel(job)}
              />
            ))}
          </ul>
        </section>
      )}
      {selected === undefined ? undefined : <JobLog key={selected.id} job={selected} />}
      {ended.length === 0 ? undefined : (
        <section aria-label="Ended" className={styles['ended']}>
          <PaneHead title="Ended" />
          <DoneTable jobs={ended} selected={selected?.id} onSelect={select} onRetry={(job) => void again(job)} />
        </section>
      )}
    </>
  )
}

function useClear(): () => Promise<void> {
  const client = useClient()
  return async () => {
    try {
      await client.call('activity.clear', {})
      replaceJobs((await client.call('activity.list', {})).jobs)
    } catch (error) {
      toast.failure(error)
    }
  }
}
