import { z } from 'zod'
import { columnSchemaSchema, columnTypeSchema } from '#shared/domain/schema.ts'

/** A transform by its id, unfitted. */
export const transformUseSchema = z.strictObject({
  transform: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
})

/** A transform by its id, unfitted. */
export type TransformUse = z.infer<typeof transformUseSchema>

/**
 * An unfitted recipe: what the user asked for. It learns nothing from data; `expandRecipe` turns it into transforms for
 * one estimator, and `fitRecipe` fits those on training rows only.
 */
export const recipeSpecSchema = z.object({
  /** Version 1 has no formulas, selection or components. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  /** `auto`: transforms by type, role and what the estimator takes; `none`: only what the estimator cannot do without. */
  preset: z.enum(['auto', 'none']),
  /** Columns of the dataset it was made for, target included. */
  columns: z.array(columnSchemaSchema),
  /** Columns that never enter the model. */
  drop: z.array(z.string()),
  /** Per column, transforms in place of the preset's. */
  overrides: z.record(z.string(), z.array(transformUseSchema)),
  /** Columns that formulas make, by name. */
  formulas: z.record(z.string(), z.string()).default({}),
  /** What is done with the finished matrix, in order. */
  matrix: z.array(transformUseSchema).default([]),
})

/** An unfitted recipe. */
export type RecipeSpec = z.infer<typeof recipeSpecSchema>

/** A formula that makes a column of others, and the types with which it read them. */
export const formulaSourceSchema = z.object({
  text: z.string(),
  /** Version of the formula language. */
  version: z.int().positive(),
  reads: z.array(z.object({ name: z.string(), type: columnTypeSchema })).min(1),
})

/** A formula that makes a column of others. */
export type FormulaSource = z.infer<typeof formulaSourceSchema>

/** One way from a dataset column into the matrix: how it is read, then its transforms in order. A column may have several. */
export const recipeStepSchema = z.object({
  column: z.string(),
  /** Where the column is not in the dataset but made of others. */
  from: formulaSourceSchema.optional(),
  /** How the column is read: as numbers or as the text that stands in its cells. */
  as: z.enum(['number', 'category']),
  transforms: z.array(transformUseSchema),
})

/** One way from a dataset column into the matrix, unfitted. */
export type RecipeStep = z.infer<typeof recipeStepSchema>

/** A column that does not enter the model, and why. */
export const leftOutSchema = z.object({ column: z.string(), reason: z.string() })

/** A column that does not enter the model, and why. */
export type LeftOut = z.infer<typeof leftOutSchema>

/** A fitted recipe: plain JSON, saved with the model, applied by the same code in training and serving. */
export const fittedRecipeSchema = z.object({
  /** Version 1 has no formulas, and nothing is done with its finished matrix. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  /** Columns it reads, in order: the model's input schema. */
  input: z.array(columnSchemaSchema),
  /** `fitted` holds what a transform learnt, one entry per column that it took. */
  steps: z.array(
    recipeStepSchema.extend({ transforms: z.array(transformUseSchema.extend({ version: z.int(), fitted: z.array(z.unknown()) })) }),
  ),
  /** What is done with the finished matrix, in order. */
  matrix: z.array(transformUseSchema.extend({ version: z.int(), fitted: z.unknown() })).default([]),
  /** Columns that the training rows gave no reason to keep. */
  leftOut: z.array(leftOutSchema),
})

/** A fitted recipe. */
export type FittedRecipe = z.infer<typeof fittedRecipeSchema>
