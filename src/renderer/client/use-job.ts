import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/index.ts'
import type { Job } from '#shared/domain/job.ts'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { useClient } from './client-context.tsx'
import { updateJobs, useJobStore } from './jobs.ts'

/** Methods that start work and answer with its job. */
export type StartingMethod = { [N in MethodName]: MethodOutput<N> extends { readonly job: string } ? N : never }[MethodName]

/** Starts work and follows it. */
export type StartJob<N extends StartingMethod> = {
  /** Queues the work and gives the job's id; rejects where it was refused, which `error` says as well. */
  start(input: MethodInput<N>): Promise<string>
  /** Of the work that was started last. */
  readonly job: Job | undefined
  /** Why the last work was refused or failed. */
  readonly error: ErrorData | undefined
  /** Until the engine has taken the work. */
  readonly starting: boolean
}

/** The job as it stands; undefined where it is not known. */
export function useJob(id: string | undefined): Job | undefined {
  return useJobStore(({ byId }) => (id === undefined ? undefined : byId.get(id)))
}

/** All jobs, the newest first. */
export function useJobs(): readonly Job[] {
  return useJobStore(useShallow(({ byId }) => [...byId.values()].toReversed()))
}

/** Starts work by a method that answers with a job, and follows that job. */
export function useStartJob<N extends StartingMethod>(name: N): StartJob<N> {
  const client = useClient()
  const [id, setId] = useState<string>()
  const [refusal, setRefusal] = useState<ErrorData>()
  const [starting, setStarting] = useState(false)
  const job = useJob(id)
  return {
    async start(input) {
      setRefusal(undefined)
      setStarting(true)
      try {
        const { job: started } = (await client.call(name, input)) as { readonly job: string }
        // The event of a quick job may have been missed if this window has only just subscribed.
        if (!useJobStore.getState().byId.has(started)) updateJobs([await client.call('activity.get', { job: started })])
        setId(started)
        return started
      } catch (error) {
        setId(undefined)
        setRefusal(toErrorData(error))
        throw error
      } finally {
        setStarting(false)
      }
    },
    job,
    error: refusal ?? job?.error ?? undefined,
    starting,
  }
}
