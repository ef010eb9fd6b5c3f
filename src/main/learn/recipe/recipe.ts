import { z } from 'zod'
import { columnSchemaSchema } from '#shared/domain/schema.ts'

/**
 * An unfitted recipe: what the user asked for. It learns nothing from data; `expandRecipe` turns it into transforms for
 * one estimator, and `fitRecipe` fits those on training rows only.
 */
export const recipeSpecSchema = z.object({
  formatVersion: z.literal(1),
  preset: z.enum(['auto', 'none']),
  /** Columns of the dataset it was made for, target included. */
  columns: z.array(columnSchemaSchema),
  /** Columns that never enter the model. */
  drop: z.array(z.string()),
  /** Per column, transforms in place of the preset's. */
  overrides: z.record(z.string(), z.array(z.object({ transform: z.string(), params: z.record(z.string(), z.unknown()) }))),
})

/** An unfitted recipe. */
export type RecipeSpec = z.infer<typeof recipeSpecSchema>

/** A transform bound to the column it starts from; chained: it takes every column that the one before left there. */
export const recipeStepSchema = z.object({
  column: z.string(),
  transform: z.string(),
  params: z.record(z.string(), z.unknown()),
})

/** A transform bound to its column, unfitted. */
export type RecipeStep = z.infer<typeof recipeStepSchema>

/** A fitted recipe: plain JSON, saved with the model, applied by the same code in training and serving. */
export const fittedRecipeSchema = z.object({
  formatVersion: z.literal(1),
  /** Columns it reads, in order: the model's input schema. */
  input: z.array(columnSchemaSchema),
  /** `fitted` holds what the transform learnt, one entry per column that it took. */
  steps: z.array(recipeStepSchema.extend({ version: z.int(), fitted: z.array(z.unknown()) })),
})

/** A fitted recipe. */
export type FittedRecipe = z.infer<typeof fittedRecipeSchema>
