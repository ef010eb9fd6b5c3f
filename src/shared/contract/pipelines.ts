import { z } from 'zod'
import { pipelineChangeSchema } from '../domain/pipeline-change.ts'
import { pipelineForecastSchema } from '../domain/pipeline-forecast.ts'
import { checkedPipelineSchema } from '../domain/pipeline-outline.ts'
import { runStatusSchema } from '../domain/run.ts'
import { taskSchema } from '../domain/task.ts'
import { inProjectSchema, startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

/** Path of a pipeline file from the project's folder, with forward slashes. */
const fileSchema = z.string().min(1).max(1024)
/** A pipeline's text; what is larger is no pipeline. */
const textSchema = z.string().max(1 << 20)
const inFileSchema = inProjectSchema.extend({ file: fileSchema })
const revisionSchema = z.string()

/** A pipeline file of the project. */
export const pipelineEntrySchema = z.object({
  file: z.string(),
  name: z.string(),
  steps: z.number(),
  /** Things wrong in it; 0: it may run. */
  problems: z.number(),
  modifiedAt: z.number(),
  /** Newest run of this file; null where there is none. */
  lastRun: z.object({ run: z.string(), status: runStatusSchema, startedAt: z.number(), seconds: z.number().nullable() }).nullable(),
})

/** A pipeline file of the project. */
export type PipelineEntry = z.infer<typeof pipelineEntrySchema>

/** A kind of step that a pipeline may have. */
export const stepKindSchema = z.object({
  id: z.string(),
  stage: z.string(),
  label: z.string(),
  help: z.string(),
  inputs: z.array(z.object({ name: z.string(), kind: z.string(), optional: z.boolean() })),
  /** True where it takes any number of datasets by name. */
  takesNamed: z.boolean(),
  outputs: z.array(z.object({ name: z.string(), kind: z.string(), optional: z.boolean() })),
  /** JSON Schema (2020-12) of its parameters as a file may give them. */
  schema: z.record(z.string(), z.unknown()),
})

/** A kind of step that a pipeline may have. */
export type StepKindEntry = z.infer<typeof stepKindSchema>

/** Something with an id that a parameter may name. */
const choiceSchema = z.object({ id: z.string(), label: z.string(), tasks: z.array(taskSchema) })

/** One artifact that a step took or made. */
export const stepArtifactSchema = z.object({
  /** Name of the input or output. */
  name: z.string(),
  kind: z.string(),
  hash: z.string(),
  bytes: z.number(),
  /** In a few words, e.g. "5,000 rows, 16 columns". */
  about: z.string(),
  /** Of datasets: the names of their columns, the first 2,000 of them. */
  columns: z.array(z.string()),
  /** Step that made it, of the same run; null for outputs. */
  from: z.string().nullable(),
  /** Where the window shows it; null where it has no place of its own. */
  dataset: z.object({ name: z.string(), version: z.number() }).nullable(),
  model: z.object({ name: z.string(), version: z.number(), run: z.string().nullable() }).nullable(),
})

/** One artifact that a step took or made. */
export type StepArtifact = z.infer<typeof stepArtifactSchema>

/** Pipeline files: what they say, how they are changed, and what would happen if they ran. */
export const pipelines = {
  /** Pipeline files in the project's folder and two folders deep, by path. */
  list: method(inProjectSchema, z.object({ pipelines: z.array(pipelineEntrySchema) })),
  read: method(inFileSchema, z.object({ text: z.string(), revision: revisionSchema })),
  /** What a text says, whether or not it is whole; nothing is written. */
  check: method(inFileSchema.extend({ text: textSchema }), checkedPipelineSchema),
  /** The text after a change, its comments and layout kept; nothing is written. `step` is the key of the step that the change was about. */
  edit: method(inFileSchema.extend({ text: textSchema, change: pipelineChangeSchema }), z.object({ text: z.string(), step: z.string().nullable() })),
  /** Writes the file whole. Throws `conflict` where it is not as `basedOn` says: written or removed meanwhile; null: it shall be new. */
  save: method(inFileSchema.extend({ text: textSchema, basedOn: revisionSchema.nullable() }), z.object({ revision: revisionSchema })),
  /** Writes a pipeline that reads, cleans, splits, trains, evaluates and deploys; throws `already-exists` where the file is there. */
  create: method(
    inProjectSchema.extend({
      name: z.string().min(1).max(100),
      source: z.union([z.object({ path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]), reading: z.record(z.string(), z.unknown()).default({}) }), z.object({ dataset: z.string().min(1), version: z.int().positive().optional() })]),
      task: taskSchema,
      target: z.string().min(1),
      positive: z.string().optional(),
      /** Columns that never enter the model. */
      drop: z.array(z.string()).default([]),
      /** Longest time to compare learners, e.g. 60s. */
      budget: z.string().optional(),
      /** Name of the deployment; left out: the pipeline's name. */
      deployment: z.string().optional(),
    }),
    z.object({ file: z.string(), text: z.string(), revision: revisionSchema }),
  ),
  /** Every kind of step, and what some of their parameters may name. */
  kinds: method(
    z.object({}),
    z.object({
      kinds: z.array(stepKindSchema),
      estimators: z.array(choiceSchema.extend({ schema: z.record(z.string(), z.unknown()) })),
      metrics: z.array(choiceSchema),
    }),
  ),
  /** Runs the saved file: what changed runs, the rest is reused. `set` holds `step.param=value`; `force` steps to run anyway, or "all". */
  run: method(inFileSchema.extend({ set: z.array(z.string()).default([]), force: z.array(z.string()).default([]) }), startedJobSchema),
  /** What would happen if the text ran now, as far as that is known without running; nothing is read but the record. */
  plan: method(inFileSchema.extend({ text: textSchema, set: z.array(z.string()).default([]), force: z.array(z.string()).default([]) }), pipelineForecastSchema),
  /** What a step of a recorded run took and made. */
  artifacts: method(inProjectSchema.extend({ run: z.string(), step: z.string() }), z.object({ inputs: z.array(stepArtifactSchema), outputs: z.array(stepArtifactSchema) })),
}
