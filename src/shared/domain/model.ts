import { z } from 'zod'
import { columnTypeSchema } from './schema.ts'
import { goalSchema } from './task.ts'

/** What a model's bundle says of it. */
export const modelAboutSchema = z.object({
  goal: goalSchema,
  /** Class names as the cells read, the positive one second of two; empty for numbers. */
  classes: z.array(z.string()),
  /** Columns that it reads. */
  inputs: z.array(z.object({ name: z.string(), type: columnTypeSchema })),
  trainingRows: z.number(),
  estimator: z.string(),
  summary: z.string(),
  /** Learners whose predictions are averaged, with their share. */
  members: z.array(z.object({ estimator: z.string(), weight: z.number(), params: z.unknown() })),
  /** What becomes of each column before it enters, in words, by member. */
  recipe: z.array(z.object({ estimator: z.string(), lines: z.array(z.string()), more: z.number() })),
  /** Share of each dataset column in what the model says, by its own account, largest first; empty where the learner tells none. */
  importance: z.array(z.object({ column: z.string(), value: z.number() })),
  /** Training rows per class, in the order of `classes`, or mean and deviation of the target. */
  baseline: z.union([z.object({ kind: z.literal('classes'), counts: z.array(z.number()) }), z.object({ kind: z.literal('numbers'), mean: z.number(), deviation: z.number() })]),
  lineage: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})

/** What a model's bundle says of it. */
export type ModelAbout = z.infer<typeof modelAboutSchema>
