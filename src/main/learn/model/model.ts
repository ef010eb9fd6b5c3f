import type { Goal } from '#shared/domain/task.ts'
import type { FittedRecipe } from '../recipe/recipe.ts'

/** A fitted recipe and a fitted estimator: everything that a prediction needs. */
export type Model = {
  readonly goal: Goal
  /** Class names exactly as the cells read; empty for regression. Binary: the positive class is second. */
  readonly classes: readonly string[]
  readonly recipe: FittedRecipe
  readonly estimator: { readonly id: string; readonly version: number; readonly params: unknown }
  /** Fitted state, opaque to all but its estimator. */
  readonly state: unknown
}
