import { z } from 'zod'
import { errorDataSchema } from '../errors.ts'

/** What kind of work a job is. */
export const jobKindSchema = z.enum(['run', 'import', 'profile', 'predict', 'export', 'self-test', 'demo'])

/** What kind of work a job is. */
export type JobKind = z.infer<typeof jobKindSchema>

/** Where a job stands. */
export const jobStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])

/** Where a job stands. */
export type JobState = z.infer<typeof jobStateSchema>

/** A piece of work that takes longer than an answer may: it is queued, says how far it is, and can be cancelled. Times in milliseconds since 1970-01-01 UTC. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: jobKindSchema,
    /** Project folder; null where the work belongs to none. */
    project: z.string().nullable(),
    /** In words, e.g. "Run churn", "Import customers.csv". */
    title: z.string(),
    state: jobStateSchema,
    queuedAt: z.number(),
    startedAt: z.number().nullable(),
    finishedAt: z.number().nullable(),
    /** 0 … 1; null while it is not known. */
    fraction: z.number().nullable(),
    /** What is going on, in a few words. */
    message: z.string(),
    remainingSeconds: z.number().nullable(),
    /** Id of the recorded run, once there is one. */
    run: z.string().nullable(),
    /** Pipeline file of the run, where it has one. */
    pipelineFile: z.string().nullable(),
    /** Step that is at work. */
    step: z.string().nullable(),
    error: errorDataSchema.nullable(),
    /** What came of it; its shape depends on the kind and is checked by who asked for it. */
    result: z.unknown(),
  })
  .readonly()

/** A piece of work with its progress. */
export type Job = z.infer<typeof jobSchema>
