import { z } from 'zod'
import { columnTypeSchema } from './schema.ts'

/** A cell of a row to predict: a number, a text exactly as the data holds it, a moment as an ISO 8601 text, or null for no value. */
export const cellSchema = z.union([z.number(), z.string().max(1_000_000), z.null()])

/** A cell of a row to predict. */
export type RowCell = z.infer<typeof cellSchema>

/** A row by column name. */
export const rowSchema = z.record(z.string(), cellSchema)

/** A row by column name. */
export type Row = z.infer<typeof rowSchema>

/** A column that a model reads, as a form asks for it; what is usual comes from the training rows. */
export const predictionFieldSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  /** How it is entered: a number, a moment, one of few texts, or any text. */
  kind: z.enum(['number', 'moment', 'choice', 'text']),
  /** True for whole numbers. */
  whole: z.boolean(),
  /** The median of numbers and moments, the most frequent text. */
  usual: cellSchema,
  /** Numbers: between them lie 95 of 100 training rows. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Texts: the most frequent ones and their share of the training rows. */
  levels: z.array(z.object({ value: z.string(), share: z.number() })),
  /** More texts than `levels` names. */
  moreLevels: z.boolean(),
  /** Share of training rows without a value. */
  missing: z.number(),
})

/** A column that a model reads, as a form asks for it. */
export type PredictionField = z.infer<typeof predictionFieldSchema>

/** What a model says of one row. */
export const rowPredictionSchema = z.object({
  /** The class, or the number. */
  prediction: z.union([z.string(), z.number()]),
  /** Probabilities by class, in the order of the model; empty for numbers. */
  classes: z.array(z.object({ name: z.string(), probability: z.number() })),
  /** What it would say were one column at its usual value and all else as it is, the largest change first: of the class `about`, or of the number. */
  changes: z.array(z.object({ column: z.string(), usual: cellSchema, value: z.number(), change: z.number() })),
  /** Class that the values of `changes` are probabilities of; null for numbers. */
  about: z.string().nullable(),
  /** Columns whose text none of the training rows looked at had. */
  unseen: z.array(z.string()),
  /** Time of the prediction itself. */
  milliseconds: z.number(),
})

/** What a model says of one row. */
export type RowPrediction = z.infer<typeof rowPredictionSchema>

/** A column of sample rows: numbers with NaN for none, or texts with null for none. */
export const sampleColumnSchema = z.object({
  name: z.string(),
  kind: z.enum(['number', 'moment', 'text']),
  numbers: z.custom<Float64Array>((value) => value instanceof Float64Array).nullable(),
  texts: z.array(z.string().nullable()).nullable(),
})

/** Test rows with what the model says of them and what is true, column after column. */
export const sampleRowsSchema = z.object({
  rows: z.int(),
  /** Test rows that they were taken from; a part of them where there are very many. */
  of: z.int(),
  columns: z.array(sampleColumnSchema),
  truth: sampleColumnSchema,
  prediction: sampleColumnSchema,
  /** Probability of the class `scored`, or of the predicted class; null for numbers. */
  probability: z.custom<Float64Array>((value) => value instanceof Float64Array).nullable(),
  scored: z.string().nullable(),
})

/** Test rows with what the model says of them and what is true. */
export type SampleRows = z.infer<typeof sampleRowsSchema>
