import { z } from 'zod'
import { jobSchema } from '../domain/job.ts'
import { runLogLineSchema } from '../domain/run.ts'
import { doneSchema, startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

const whichJob = z.object({ job: z.string() })

/** Work in progress and what came of it. */
export const activity = {
  /** Jobs of all projects since the engine started, the newest first. */
  list: method(z.object({}), z.object({ jobs: z.array(jobSchema) })),
  /** The job as it stands. */
  get: method(whichJob, jobSchema),
  /** What a job has said so far, the oldest line first; at most the last 5,000 lines. */
  log: method(whichJob, z.object({ lines: z.array(z.object({ ...runLogLineSchema.def.innerType.shape, step: z.string().nullable() })) })),
  /** Stops a job; one that waits leaves the queue. Finished steps are kept. */
  cancel: method(whichJob, doneSchema),
  /** Queues the same work again. */
  retry: method(whichJob, startedJobSchema),
  /** Forgets jobs that have ended. */
  clear: method(z.object({}), doneSchema),
}
