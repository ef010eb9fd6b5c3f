import { z } from 'zod'
import { distributionSchema } from '../domain/distribution.ts'
import { columnSchemaSchema } from '../domain/schema.ts'
import { goalSchema } from '../domain/task.ts'
import { inProjectSchema } from './envelopes.ts'
import { method } from './method.ts'

/** Parameters of a features/recipe step as the pipeline file gives them; the step's own schema checks them. */
const recipeParams = z.record(z.string(), z.unknown())

/** Which data a recipe is looked at with, and what the model is to learn. */
const recipeInput = inProjectSchema.extend({
  /** Hash of the dataset that enters the recipe, from `describe`. */
  data: z.string().regex(/^[0-9a-f]{64}$/),
  goal: goalSchema,
  params: recipeParams,
})

/** A transform with its parameters, and its name in words. */
export const transformLineSchema = z.object({ transform: z.string(), label: z.string(), params: z.record(z.string(), z.unknown()) })

/** One column as the recipe treats it. */
export const featureColumnSchema = z.object({
  ...columnSchemaSchema.pick({ name: true, type: true, role: true, reason: true, missing: true, distinct: true }).shape,
  /** The formula that makes it; null for a column of the data. */
  formula: z.string().nullable(),
  enters: z.boolean(),
  /** Why it does not enter; null where it does. */
  leftOut: z.string().nullable(),
  /** True where the pipeline file says how, false where the preset decides. */
  chosen: z.boolean(),
  /** What is done with it, in order, for an estimator that wants plain numbers; a column may enter in several ways. */
  ways: z.array(z.array(transformLineSchema)),
})

/** One column as the recipe treats it. */
export type FeatureColumn = z.infer<typeof featureColumnSchema>

/** The feature editor: what becomes of each column before it enters the model. */
export const features = {
  /** The recipe of a pipeline file and the columns that enter it; `params` takes the place of the file's, e.g. while they are edited. */
  describe: method(
    inProjectSchema.extend({ file: z.string(), params: recipeParams.optional() }),
    z.object({
      /** Id of the features/recipe step; null where the pipeline has none. */
      step: z.string().nullable(),
      goal: goalSchema.nullable(),
      params: recipeParams,
      /** The dataset that entered the recipe in the newest run; null where none ran so far. */
      data: z.object({ hash: z.string(), rows: z.number(), run: z.string() }).nullable(),
      columns: z.array(featureColumnSchema),
      /** Every transform that a column may have. */
      transforms: z.array(z.object({ id: z.string(), label: z.string(), help: z.string(), takes: z.enum(['number', 'category', 'any']), params: z.record(z.string(), z.unknown()) })),
      /** Functions that formulas may call, e.g. `max(number, number, …)`. */
      functions: z.array(z.object({ name: z.string(), signature: z.string() })),
    }),
  ),
  /** The whole recipe fitted on a sample of the training rows: what enters the model, in words. */
  fit: method(
    recipeInput,
    z.object({
      rows: z.number(),
      /** Rows there are; more than `rows` where a sample was taken. */
      of: z.number(),
      inputs: z.number(),
      lines: z.array(z.string()),
      /** Model inputs per column of the data. */
      outputs: z.array(z.object({ column: z.string(), inputs: z.number() })),
      seconds: z.number(),
    }),
  ),
  /** One column before and after its transforms, fitted on a sample of the training rows. */
  preview: method(
    recipeInput.extend({ column: z.string() }),
    z.object({
      rows: z.number(),
      of: z.number(),
      /** Class that the marked counts belong to; null for a regression. */
      marked: z.string().nullable(),
      before: distributionSchema,
      /** At most six of the model inputs that it becomes. */
      after: z.array(z.object({ name: z.string(), distribution: distributionSchema })),
      /** Inputs in all. */
      inputs: z.number(),
      words: z.array(z.string()),
      /** A few rows: the cell as it reads, and the inputs it becomes (NaN: missing). */
      samples: z.array(z.object({ cell: z.string().nullable(), inputs: z.array(z.number()) })),
      seconds: z.number(),
    }),
  ),
  /** Distributions of all columns that may enter, with the marked class. */
  distributions: method(recipeInput, z.object({ rows: z.number(), of: z.number(), marked: z.string().nullable(), columns: z.array(z.object({ name: z.string(), distribution: distributionSchema })) })),
  /** Checks a formula and shows what it makes; a formula that cannot be is an answer, not an error. */
  formula: method(
    recipeInput.extend({ name: z.string(), text: z.string().max(10_000) }),
    z.object({ problem: z.string().nullable(), type: z.string().nullable(), distribution: distributionSchema.nullable() }),
  ),
}
