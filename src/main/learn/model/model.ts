import { z } from 'zod'
import type { Goal } from '#shared/domain/task.ts'
import type { FittedRecipe } from '../recipe/recipe.ts'

/** The training target in a few numbers: what a model that ignores the features knows. */
export const targetSummarySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), counts: z.array(z.int().nonnegative()) }),
  z.object({ kind: z.literal('numbers'), mean: z.number(), deviation: z.number() }),
])

/** Training class counts in the order of the model's classes, or mean and population deviation of the target. */
export type TargetSummary = z.infer<typeof targetSummarySchema>

/**
 * Score by which a model was judged while it was chosen. By cross-validation on the training rows: mean and standard deviation over the folds. Where `rows` is
 * given, on so many validation rows that were set aside: the score on them, and its standard deviation over `folds` parts of them.
 */
export const validationSchema = z.object({ metric: z.string(), mean: z.number(), deviation: z.number(), folds: z.int().positive(), rows: z.int().positive().optional() })

/** Score by which a model was judged while it was chosen. */
export type Validation = z.infer<typeof validationSchema>

/** A training row as its cells read, and what the model said of it when it was saved. */
export const sampleRowSchema = z.object({
  /** By column name; null is "missing". */
  input: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** Probabilities in the order of the classes, or one number. */
  output: z.array(z.number()),
})

/** A training row and what the model said of it. */
export type SampleRow = z.infer<typeof sampleRowSchema>

/** Where a model comes from: hashes and numbers that a step knows, in no fixed shape. */
export const lineageSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** Where a model comes from. */
export type Lineage = z.infer<typeof lineageSchema>

/** A column of the matrix and its share of what the model says; shares sum to 1. */
export const importanceSchema = z.object({ column: z.string(), source: z.string(), value: z.number() })

/** A fitted recipe and a fitted estimator, and the share of its predictions in the model's. */
export type Member = {
  readonly weight: number
  readonly recipe: FittedRecipe
  readonly estimator: { readonly id: string; readonly version: number; readonly params: unknown }
  /** Fitted state, opaque to all but its estimator. */
  readonly state: unknown
}

/** Everything that a prediction needs, and what is to be known about it. */
export type Model = {
  readonly goal: Goal
  /** Class names exactly as the cells read; empty for regression. Binary: the positive class is second. */
  readonly classes: readonly string[]
  /** What was trained, for reports: a member's id and parameters, or those of all members. */
  readonly estimator: { readonly id: string; readonly params: unknown }
  /** One, or a few whose predictions are averaged; weights sum to 1. */
  readonly members: readonly Member[]
  /** One sentence, e.g. "143 trees with at most 31 leaves". */
  readonly summary: string
  readonly importance: readonly z.infer<typeof importanceSchema>[]
  /** Rows it was fitted on. */
  readonly rows: number
  readonly baseline: TargetSummary
  readonly validation: Validation | undefined
  readonly samples: readonly SampleRow[]
  readonly lineage: Lineage
}


/** Id and parameters of what was trained; several members are joined as `a + b`. */
export function estimatorOf(members: readonly Member[]): Model['estimator'] {
  const [first] = members
  if (members.length === 1 && first !== undefined) return { id: first.estimator.id, params: first.estimator.params }
  const ids = new Set(members.map(({ estimator }) => estimator.id))
  return { id: [...ids].join(' + '), params: members.map(({ estimator, weight }) => ({ id: estimator.id, weight, params: estimator.params })) }
}
