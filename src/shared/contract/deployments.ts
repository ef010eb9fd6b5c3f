import { z } from 'zod'
import { rowPredictionSchema, rowSchema } from '../domain/prediction.ts'
import { doneSchema, inProjectSchema, startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'
import { predictionFormSchema } from './models.ts'

const whichSlot = inProjectSchema.extend({ deployment: z.string().min(1) })

/** A score on test rows with its 95 % interval. */
export const deployedScoreSchema = z.object({ metric: z.string(), label: z.string(), value: z.number(), interval: z.object({ low: z.number(), high: z.number() }).nullable() })

/** A model in a slot, now or earlier. */
export const servedModelSchema = z.object({
  /** `name@version`. */
  model: z.string(),
  hash: z.string(),
  estimator: z.string(),
  summary: z.string(),
  task: z.string(),
  target: z.string(),
  /** Newest run that has the model; null where all are deleted. */
  run: z.string().nullable(),
  /** What its evaluation led with; null where it was not evaluated. */
  score: deployedScoreSchema.nullable(),
})

/** A model in a slot, now or earlier. */
export type ServedModelEntry = z.infer<typeof servedModelSchema>

/** A named slot and what it serves. */
export const deploymentSchema = z.object({
  name: z.string(),
  createdAt: z.number(),
  /** When it began to serve this model. */
  since: z.number(),
  /** How it came to serve it. */
  how: z.enum(['run', 'deployed', 'rolled back']),
  serves: servedModelSchema,
  /** The model that a roll back would serve; null where there is none, or it was deleted. */
  previous: z.string().nullable(),
})

/** A named slot and what it serves. */
export type DeploymentEntry = z.infer<typeof deploymentSchema>

/** One change of a slot; `served` is null where the slot was removed, or the model was deleted since. */
export const deploymentChangeSchema = z.object({
  at: z.number(),
  /** Null while it lasts. */
  until: z.number().nullable(),
  how: z.enum(['run', 'deployed', 'rolled back', 'removed']),
  /** The model as it was called then. */
  model: z.string().nullable(),
  run: z.string().nullable(),
  served: servedModelSchema.nullable(),
})

/** One change of a slot. */
export type DeploymentChange = z.infer<typeof deploymentChangeSchema>

/** Named slots that serve models. */
export const deployments = {
  list: method(inProjectSchema, z.object({ deployments: z.array(deploymentSchema) })),
  /** A slot with its history, the latest change first. */
  show: method(whichSlot, deploymentSchema.extend({ history: z.array(deploymentChangeSchema) })),
  /** Points a slot, new or there already, at a model version. */
  deploy: method(whichSlot.extend({ model: z.string().min(1) }), deploymentSchema),
  /** Serves again what it served before; throws `not-found` where that is gone. */
  rollback: method(whichSlot, deploymentSchema),
  /** Takes the slot away; the model and the history stay. */
  remove: method(whichSlot, doneSchema),
  fields: method(whichSlot, predictionFormSchema),
  /** What the model that it serves says of one row; throws `invalid-data` naming the fields that cannot be taken. */
  tryRow: method(whichSlot.extend({ row: rowSchema }), rowPredictionSchema),
  /** Predicts every row of a file into a CSV file; the job's result is `{ rows, output, seconds }`. */
  predictFile: method(
    whichSlot.extend({
      input: z.string().min(1).max(4096),
      output: z.string().min(1).max(4096),
      /** Put the input's own columns before the predictions. */
      keepInput: z.boolean().default(true),
      /** Text where the model takes a number: refuse the file, or take it as missing. */
      onInvalid: z.enum(['error', 'missing']).default('error'),
    }),
    startedJobSchema,
  ),
}
