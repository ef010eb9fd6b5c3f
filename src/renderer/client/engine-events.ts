import type { QueryClient } from '@tanstack/react-query'
import type { EngineEvent } from '#shared/contract/event.ts'
import type { ConnectionState } from '#shared/contract/transport.ts'
import type { Job } from '#shared/domain/job.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import type { Client } from './client.ts'
import { useConnection } from './connection.ts'
import { hasEnded, replaceJobs, updateJobs, useJobStore } from './jobs.ts'
import { createRefresher } from './refresh.ts'
import { addRunEvents } from './run-events.ts'
import { isStaleAfter } from './stale-answers.ts'

/** How long events are gathered before the window is drawn anew: a training says more than an eye can follow. */
const GATHER_MILLISECONDS = 100

/** Keeps what this window knows as the engine tells it, until the returned function is called. */
export function followEngine(client: Client, queries: QueryClient): () => void {
  const refresher = createRefresher(queries)
  const jobs = new Map<string, Job>()
  const runEvents: { job: string; event: RunEvent }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let before: ConnectionState = 'connected'

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (jobs.size > 0) updateJobs(jobs.values())
    if (runEvents.length > 0) addRunEvents(runEvents.splice(0))
    jobs.clear()
  }
  const gather = (): void => {
    timer ??= setTimeout(flush, GATHER_MILLISECONDS)
  }
  const readJobs = async (): Promise<void> => {
    try {
      replaceJobs((await client.call('activity.list', {})).jobs)
    } catch {
      // The banner of the lost connection says it; the list is read when it is back.
    }
  }
  const take = (event: EngineEvent): void => {
    if (event.topic === 'job') {
      const known = jobs.get(event.job.id) ?? useJobStore.getState().byId.get(event.job.id)
      jobs.set(event.job.id, event.job)
      if (known?.state === event.job.state && known.step === event.job.step) return gather()
      flush()
      const tested = event.job.kind === 'self-test' && hasEnded(event.job)
      refresher.mark(([name]) => name === 'projects.summary' || name === 'projects.recent' || (tested && name === 'devices.list'))
    } else if (event.topic === 'run') {
      runEvents.push({ job: event.job, event: event.event })
      gather()
    } else {
      refresher.mark((key) => isStaleAfter(key, event))
    }
  }
  const stopEvents = client.subscribe(take)
  const stopWatching = client.watchConnection((state) => {
    useConnection.setState({ state })
    // What happened in between was not heard.
    if (state === 'connected' && before !== 'connected') {
      void readJobs()
      void queries.invalidateQueries()
    }
    before = state
  })
  void readJobs()
  return () => {
    stopEvents()
    stopWatching()
    clearTimeout(timer)
    refresher.stop()
  }
}
