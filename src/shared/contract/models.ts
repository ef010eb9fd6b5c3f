import { z } from 'zod'
import { modelAboutSchema } from '../domain/model.ts'
import { modelCardSchema } from '../domain/model-card.ts'
import { predictionFieldSchema, rowPredictionSchema, rowSchema, sampleRowsSchema } from '../domain/prediction.ts'
import { inProjectSchema, startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

/** A model version by `name` (the newest) or `name@version`; `run` says through which run it is looked at, where several have it. */
const whichModel = inProjectSchema.extend({ model: z.string().min(1), run: z.string().optional() })

/** A model version as lists show it. */
export const modelEntrySchema = z.object({
  name: z.string(),
  version: z.number(),
  hash: z.string(),
  /** The run that first made it; null where that was deleted. */
  run: z.string().nullable(),
  createdAt: z.number(),
  task: z.string(),
  target: z.string(),
  estimator: z.string(),
  summary: z.string(),
  validation: z.object({ metric: z.string(), mean: z.number(), deviation: z.number(), rows: z.number().optional() }).nullable(),
  bytes: z.number(),
  deployments: z.array(z.string()),
})

/** A model version as lists show it. */
export type ModelEntry = z.infer<typeof modelEntrySchema>

/** Form of a row to predict: the columns that a model reads, what is usual in them, and some training rows to try. */
export const predictionFormSchema = z.object({
  fields: z.array(predictionFieldSchema),
  examples: z.array(rowSchema),
  /** Training rows that this was taken from, of all. */
  rows: z.number(),
  of: z.number(),
})

/** What a model can be taken away as. */
export const modelExportSchema = z.enum(['report', 'card', 'bundle', 'zip'])

/** What a model can be taken away as. */
export type ModelExport = z.infer<typeof modelExportSchema>

/** Trained models. */
export const models = {
  /** Every model version, by name, the newest first. */
  list: method(inProjectSchema, z.object({ models: z.array(modelEntrySchema) })),
  /** A model version with what its bundle says, and through which run it is looked at. */
  show: method(whichModel, modelEntrySchema.extend({ about: modelAboutSchema, lookedAtRun: z.string().nullable() })),
  card: method(whichModel, modelCardSchema),
  fields: method(whichModel, predictionFormSchema),
  /** What it says of one row; throws `invalid-data` naming the fields that cannot be taken (`details.fields`). */
  predictRow: method(whichModel.extend({ row: rowSchema }), rowPredictionSchema),
  /** Test rows with what it says of them and what is true; null where no test rows are known. */
  samples: method(
    whichModel.extend({ order: z.enum(['spread', 'worst', 'best', 'highest', 'lowest']).default('spread'), limit: z.int().min(1).max(1000).default(200) }),
    z.object({ samples: sampleRowsSchema.nullable() }),
  ),
  /**
   * Writes a copy: `report` the evaluation as a page, `card` the model card as Markdown, `bundle` a folder, `zip` an archive. `output` is an
   * absolute path; the job's result is `{ output, bytes }`.
   */
  export: method(whichModel.extend({ format: modelExportSchema, output: z.string().min(1).max(4096) }), startedJobSchema),
}
