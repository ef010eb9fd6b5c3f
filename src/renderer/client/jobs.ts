import { create } from 'zustand'
import type { Job } from '#shared/domain/job.ts'

/** Jobs by id, in the order in which they were queued, and whether their list was read yet. */
type Jobs = { readonly byId: ReadonlyMap<string, Job>; readonly known: boolean }

/** All work of the engine as it stands; events keep it up to date. */
export const useJobStore = create<Jobs>(() => ({ byId: new Map(), known: false }))

/** Takes the engine's own list, the newest first, in place of what is known. */
export function replaceJobs(jobs: readonly Job[]): void {
  useJobStore.setState({ byId: new Map(jobs.toReversed().map((job) => [job.id, job])), known: true })
}

/** Takes what is new of some jobs. */
export function updateJobs(jobs: Iterable<Job>): void {
  useJobStore.setState(({ byId }) => {
    const next = new Map(byId)
    for (const job of jobs) next.set(job.id, job)
    return { byId: next }
  })
}

/** True once nothing more comes of the job. */
export function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running'
}
