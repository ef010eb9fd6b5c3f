import { z } from 'zod'
import { jobSchema } from '../domain/job.ts'
import { runEventSchema } from '../domain/run.ts'

/** Parts of a project's record that lists are made of. */
export const changedPartSchema = z.enum(['runs', 'datasets', 'models', 'deployments', 'pipelines'])

/** What the engine tells without being asked. */
export const engineEventSchema = z.discriminatedUnion('topic', [
  /** A piece of work was queued, moved on or ended. */
  z.object({ topic: z.literal('job'), job: jobSchema }),
  /** Something happened in a run; `job` is the piece of work that it belongs to. */
  z.object({ topic: z.literal('run'), project: z.string(), job: z.string(), event: runEventSchema }),
  /** Lists of a project are to be read anew: this process or another one changed them. */
  z.object({ topic: z.literal('project'), project: z.string(), changed: z.array(changedPartSchema) }),
  z.object({ topic: z.literal('settings') }),
])

/** What the engine tells without being asked. */
export type EngineEvent = z.infer<typeof engineEventSchema>
