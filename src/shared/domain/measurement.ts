import { z } from 'zod'

/** The loss after some rounds of a learner that goes in rounds; null where it was not measured. */
export const iterationSchema = z
  .object({
    kind: z.literal('iteration'),
    /** What learns, e.g. `gradient-boosting`. */
    learner: z.string(),
    /** What is measured, e.g. "log loss". */
    loss: z.string(),
    /** Part of a cross-validation, from 0; 0 of 1 where all rows are learnt from at once. */
    fold: z.int(),
    folds: z.int(),
    /** Rounds done; 0 is before the first. */
    iteration: z.int(),
    /** On rows it learns from. */
    training: z.number().nullable(),
    /** On rows held out. */
    validation: z.number().nullable(),
  })
  .readonly()

/** The loss after some rounds of a learner. */
export type Iteration = z.infer<typeof iterationSchema>

/** The score of a candidate on one fold of the cross-validation that chooses. */
export const foldScoreSchema = z
  .object({
    kind: z.literal('fold-score'),
    /** Name of the candidate, unique in its step. */
    label: z.string(),
    estimator: z.string(),
    metric: z.string(),
    fold: z.int(),
    folds: z.int(),
    score: z.number(),
  })
  .readonly()

/** The score of a candidate on one fold. */
export type FoldScore = z.infer<typeof foldScoreSchema>

/** What a step measures while it learns, shown as it comes. */
export const measurementSchema = z.discriminatedUnion('kind', [iterationSchema, foldScoreSchema])

/** What a step measures while it learns. */
export type Measurement = z.infer<typeof measurementSchema>
