import { z } from 'zod'

const scoreSchema = z.object({ mean: z.number(), deviation: z.number() })

/** A candidate of the choice of a model, with its scores on the folds it ran; null where it finished none. */
export const candidateSchema = z.object({
  /** Unique among the candidates of a run. */
  label: z.string(),
  estimator: z.string(),
  params: z.unknown(),
  /** `finished`, `dropped`, `out of time` or `failed`. */
  status: z.string(),
  folds: z.int(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  scores: z.array(z.number()).default([]),
  /** Why it did not finish, in words. */
  note: z.string().nullable(),
})

/** A candidate of the choice of a model. */
export type Candidate = z.infer<typeof candidateSchema>

/** Mean and standard deviation over folds when learning from a part of the training rows. */
export const learningCurvePointSchema = z.object({ rows: z.int(), validation: scoreSchema, training: scoreSchema })

/** `choice.json`: why a model is what it is. */
export const choiceFileSchema = z.object({
  formatVersion: z.literal(1),
  /** True where the estimator was left to the cross-validation. */
  automatic: z.boolean(),
  chosen: z.array(z.object({ label: z.string(), weight: z.number() })),
  reason: z.string(),
  /** `rows`: on so many validation rows, `folds` being the parts that their spread is over; without it by cross-validation on the training rows. */
  validation: scoreSchema.extend({ metric: z.string(), folds: z.int(), rows: z.int().optional() }).nullable(),
  candidates: z.array(candidateSchema),
  /**
   * What was chosen, fold by fold; `key` is the same for other runs on the same folds of the same rows, `testShare` the test rows of a
   * fold per training row. Null where nothing was compared.
   */
  folds: z.object({ key: z.string(), testShare: z.number(), scores: z.array(z.number()) }).nullable().default(null),
  learningCurve: z.array(learningCurvePointSchema).default([]),
})

/** `choice.json`: why a model is what it is. */
export type ChoiceFile = z.infer<typeof choiceFileSchema>
