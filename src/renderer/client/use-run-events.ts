import type { RunEvent } from '#shared/domain/run.ts'
import { useRunEventStore } from './run-events.ts'

const NONE: readonly RunEvent[] = []

/** What happened in the run of a job, in order; of a step's progress only the latest word. */
export function useRunEvents(jobId: string | undefined): readonly RunEvent[] {
  return useRunEventStore(({ byJob }) => (jobId === undefined ? NONE : (byJob.get(jobId) ?? NONE)))
}
