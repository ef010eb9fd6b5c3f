import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { RunCandidates } from '#shared/contract/runs.ts'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import type { Client } from '../../client/client.ts'
import { useMethod } from '../../client/use-method.ts'

/** How often what is measured is drawn anew at most. */
const EVERY_MILLISECONDS = 500

/** One at a time is usual; a second process may run another. */
const MOST_RUNNING = 5

const FOLLOWED: readonly unknown[] = ['runs.curves', 'runs.candidates']

/** Asks anew for curves and candidates whenever the engine says that something was measured, until the returned function is called. */
function followMeasurements(client: Client, queries: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = (): void => {
    timer = undefined
    void queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => FOLLOWED.includes(name) })
  }
  const stop = client.subscribe((event) => {
    if (event.topic === 'run' && event.event.type === 'step-measured') timer ??= setTimeout(refresh, EVERY_MILLISECONDS)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

/** Keeps curves and candidates up to date while something learns. */
export function useLiveLearning(): void {
  const client = useClient()
  const queries = useQueryClient()
  useEffect(() => followMeasurements(client, queries), [client, queries])
}

/** What the runs that are choosing right now have compared so far, by run. */
export function useLiveCandidates(entries: readonly LeaderboardEntry[]): ReadonlyMap<string, RunCandidates> {
  const project = useProject()
  const running = useMemo(() => entries.filter(({ status }) => status === 'running').map(({ run }) => run).slice(0, MOST_RUNNING), [entries])
  const { data } = useMethod('runs.candidates', { project, runs: running.length > 0 ? running : ['r0'] }, { enabled: running.length > 0 })
  return useMemo(() => new Map(running.length === 0 ? [] : (data?.runs ?? []).map((one) => [one.run, one])), [running, data])
}
