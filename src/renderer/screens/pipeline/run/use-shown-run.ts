import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import type { Job } from '#shared/domain/job.ts'
import type { RunDetail, RunEvent } from '#shared/domain/run.ts'
import type { ErrorData } from '#shared/errors.ts'
import { hasEnded } from '../../../client/jobs.ts'
import { useJobs } from '../../../client/use-job.ts'
import { useMethod } from '../../../client/use-method.ts'
import { useRunEvents } from '../../../client/use-run-events.ts'
import { stepStates, type StepState } from './step-states.ts'

/** The run whose states the graph shows: the one that goes on, else the newest of the file. */
export type ShownRun = {
  /** Id such as `r0003`; undefined where the file has not run. */
  readonly run: string | undefined
  /** Its record; undefined where its events say all. */
  readonly detail: RunDetail | undefined
  /** The job of this engine that does it; undefined for runs of other processes and earlier ones. */
  readonly job: Job | undefined
  /** True while it is queued or goes on, here or in another process. */
  readonly active: boolean
  readonly states: ReadonlyMap<string, StepState>
  /** Why it failed, and at which step; undefined while it goes on and where it did not. */
  readonly failure: { readonly step: string | undefined; readonly error: ErrorData } | undefined
  readonly events: readonly RunEvent[]
}

const none: readonly RunEvent[] = []

/** Follows the run of a pipeline file, whoever started it. */
export function useShownRun(project: string, entry: Pick<PipelineEntry, 'file' | 'lastRun'> | undefined): ShownRun {
  const place = entry === undefined ? undefined : slashed(`${project}/${entry.file}`)
  const own = useJobs().find((job) => job.kind === 'run' && job.pipelineFile !== null && slashed(job.pipelineFile) === place)
  const lastRun = entry?.lastRun ?? undefined
  // A job that failed before there was a run has nothing to show but its error.
  const job = own !== undefined && (!hasEnded(own) || own.run === lastRun?.run || own.run === null) ? own : undefined
  const run = (job !== undefined && !hasEnded(job) ? job.run : null) ?? lastRun?.run
  const told = useRunEvents(job?.id)
  const events = job?.run === run ? told : none
  // What was heard from its beginning need not be read from the record, which takes long for runs of thousands of steps.
  const heard = events[0]?.type === 'run-started'
  const detail = useMethod('runs.show', { project, run: run ?? '' }, { enabled: run !== undefined && !heard }).data
  const known = detail?.run === run ? detail : undefined
  const states = useMemo(() => stepStates(known, events), [known, events])
  useFreshRecord(project, events)
  const active = (job !== undefined && !hasEnded(job)) || lastRun?.status === 'running'
  const error = active ? undefined : (job?.error ?? known?.error)
  const failure = error === undefined || error === null || error.code === 'cancelled' ? undefined : { error, step: [...states].find(([, { status }]) => status === 'failed')?.[0] }
  return { run, detail: known, job, active, states, failure, events }
}

/** Answers that tell of a run's record, or of what could be reused of it. */
const recordMethods = new Set<unknown>(['pipelines.artifacts', 'pipelines.plan', 'runs.explain'])
const gatherMilliseconds = 500

/** While a run goes on, asks anew for what its finished steps left in the record; the end of a run is told by the engine itself. */
function useFreshRecord(project: string, events: readonly RunEvent[]): void {
  const queries = useQueryClient()
  const finished = events.reduce((count, { type }) => count + (type === 'step-finished' ? 1 : 0), 0)
  useEffect(() => {
    if (finished === 0) return undefined
    const timer = setTimeout(() => {
      void queries.invalidateQueries({ predicate: ({ queryKey: [name, input] }) => recordMethods.has(name) && (input as { readonly project?: unknown }).project === project })
    }, gatherMilliseconds)
    return () => clearTimeout(timer)
  }, [queries, project, finished])
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}
