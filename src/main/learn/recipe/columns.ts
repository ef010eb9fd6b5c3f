import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import type { FittedRecipe, RecipeStep } from './recipe.ts'

/** A dataset column and how it is read into memory. */
export type ColumnRead = { readonly schema: ColumnSchema; readonly as: 'number' | 'category' }

function readOf(schema: ColumnSchema, steps: readonly Pick<RecipeStep, 'column' | 'as'>[]): ColumnRead[] {
  const kinds = new Set(steps.filter((step) => step.column === schema.name).map((step) => step.as))
  const [only] = kinds
  if (only === undefined) return []
  if (kinds.size === 1) return [{ schema, as: only }]
  // Read once; the step of the other kind converts.
  return [{ schema, as: isNumeric(schema.type) || schema.type === 'datetime' ? 'number' : 'category' }]
}

/** The columns that unfitted steps read, in the order of `input`: what to load before `fitRecipe`. */
export function stepColumns(steps: readonly RecipeStep[], input: readonly ColumnSchema[]): ColumnRead[] {
  return input.flatMap((schema) => readOf(schema, steps))
}

/** The columns that a fitted recipe reads: what to load before `applyRecipe`. */
export function recipeColumns(fitted: FittedRecipe): ColumnRead[] {
  return fitted.input.flatMap((schema) => readOf(schema, fitted.steps))
}
