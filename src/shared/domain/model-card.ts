import { z } from 'zod'

const interval = z.object({ low: z.number(), high: z.number() })

/** What somebody who meets a model needs to know of it. */
export const modelCardSchema = z.object({
  /** `name@version`. */
  model: z.string(),
  /** What it is for, in one sentence. */
  purpose: z.string(),
  /** Milliseconds since 1970-01-01 UTC. */
  createdAt: z.number(),
  run: z.string().nullable(),
  pipeline: z.string().nullable(),
  pipelineFile: z.string().nullable(),
  seed: z.number().nullable(),
  deployments: z.array(z.string()),
  data: z.object({
    /** Dataset versions that the run read, `name@version`, with the files that they came from. */
    sources: z.array(z.object({ dataset: z.string(), source: z.string() })),
    target: z.string(),
    trainingRows: z.number(),
    testRows: z.number().nullable(),
    /** Part of the training rows per class; empty for numbers. */
    classes: z.array(z.object({ name: z.string(), share: z.number(), positive: z.boolean() })),
    /** Mean and deviation of a number to predict. */
    numbers: z.object({ mean: z.number(), deviation: z.number() }).nullable(),
  }),
  inputs: z.array(z.object({ name: z.string(), type: z.string() })),
  /** What becomes of each column, in words. */
  features: z.array(z.string()),
  training: z.object({
    estimator: z.string(),
    summary: z.string(),
    reason: z.string().nullable(),
    validation: z.object({ metric: z.string(), label: z.string(), mean: z.number(), deviation: z.number(), rows: z.number().optional() }).nullable(),
    fitSeconds: z.number().nullable(),
    bytes: z.number(),
    /** What its neural networks were computed with, and why; null where it has none. */
    backend: z.object({ id: z.string(), device: z.string(), why: z.string() }).nullable(),
    members: z.array(z.object({ estimator: z.string(), weight: z.number(), params: z.unknown() })),
  }),
  /** On test rows, the leading one first; empty where it was not evaluated. */
  scores: z.array(z.object({ metric: z.string(), label: z.string(), value: z.number(), interval: interval.nullable(), baseline: z.number().nullable() })),
  /** The result in sentences. */
  comparison: z.array(z.string()),
  /** Parts of the rows where it is worse. */
  weak: z.array(z.object({ column: z.string(), value: z.string(), rows: z.number(), score: z.number(), interval: interval.nullable() })),
  /** What limits the trust in it. */
  limits: z.array(z.string()),
  /** The steps that made it, with what each gave. */
  lineage: z.array(z.object({ step: z.string(), uses: z.string(), output: z.string(), hash: z.string() })),
})

/** What somebody who meets a model needs to know of it. */
export type ModelCard = z.infer<typeof modelCardSchema>
