import { create } from 'zustand'
import type { RunEvent } from '#shared/domain/run.ts'

/** What happened in each run that this window has seen, by job, the latest jobs only. */
type Runs = { readonly byJob: ReadonlyMap<string, readonly RunEvent[]> }

const KEPT_JOBS = 20
const KEPT_EVENTS = 5000

/** Events of runs since this window was opened; they outlive the screen that shows them. */
export const useRunEventStore = create<Runs>(() => ({ byJob: new Map() }))

/** Adds events of runs; of a step's progress only the latest word is kept. */
export function addRunEvents(added: readonly { readonly job: string; readonly event: RunEvent }[]): void {
  useRunEventStore.setState(({ byJob }) => {
    const next = new Map(byJob)
    for (const { job, event } of added) next.set(job, withEvent(next.get(job) ?? [], event))
    for (const oldest of next.keys()) {
      if (next.size <= KEPT_JOBS) break
      next.delete(oldest)
    }
    return { byJob: next }
  })
}

function withEvent(events: readonly RunEvent[], event: RunEvent): readonly RunEvent[] {
  const last = events.at(-1)
  const repeats = event.type === 'step-progress' && last?.type === 'step-progress' && last.step === event.step
  const kept = repeats ? events.slice(0, -1) : events
  return [...kept, event].slice(-KEPT_EVENTS)
}
