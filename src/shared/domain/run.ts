import { z } from 'zod'
import { errorDataSchema } from '../errors.ts'
import { measurementSchema } from './measurement.ts'

/** State of a run. `interrupted`: its process ended without saying how it went. */
export const runStatusSchema = z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted'])

/** State of a run. */
export type RunStatus = z.infer<typeof runStatusSchema>

/** State of a step run. `skipped`: a step before it did not succeed. */
export const stepStatusSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted', 'skipped'])

/** State of a step run. */
export type StepStatus = z.infer<typeof stepStatusSchema>

/** One part of a step's cache key that differs from an earlier run; values in words. */
export const keyChangeSchema = z.object({ part: z.string(), from: z.string(), to: z.string() }).readonly()

/** One part of a step's cache key that differs from an earlier run. */
export type KeyChange = z.infer<typeof keyChangeSchema>

/** Why a step ran or was reused. */
export const cacheOutcomeSchema = z.object({
  hit: z.boolean(),
  /** In words, one sentence. */
  reason: z.string(),
  /** What differs from the most recent earlier run of this step; empty on a hit. */
  changed: z.array(keyChangeSchema).readonly(),
  /** The run that produced what is reused; undefined on a miss. */
  producedBy: z.string().or(z.undefined()),
}).readonly()

/** Why a step ran or was reused. */
export type CacheOutcome = z.infer<typeof cacheOutcomeSchema>

/** A model version in the project's registry. */
export const modelRefSchema = z.object({ name: z.string(), version: z.number(), hash: z.string() }).readonly()

/** A model version in the project's registry. */
export type ModelRef = z.infer<typeof modelRefSchema>

/** A step of a run as results list it. */
export const stepSummarySchema = z.object({
  id: z.string(),
  uses: z.string(),
  status: stepStatusSchema,
  /** Wall-clock time of this step in this run. */
  seconds: z.number(),
  cache: z.object({ hit: z.boolean(), reason: z.string() }).readonly(),
}).readonly()

/** A step of a run as results list it. */
export type StepSummary = z.infer<typeof stepSummarySchema>

/** Scores by metric name. */
export const metricsSchema = z.record(z.string(), z.number()).readonly()

/** Scores by metric name. */
export type Metrics = z.infer<typeof metricsSchema>

/** What a run came to; what `run --json` prints. */
export const runSummarySchema = z.object({
  /** Id such as `r0007`. */
  run: z.string(),
  pipeline: z.string(),
  status: runStatusSchema,
  seconds: z.number(),
  steps: z.array(stepSummarySchema).readonly(),
  /** Of the last evaluation report; undefined where none was made. */
  metrics: metricsSchema.or(z.undefined()),
  /** The same metrics of the constant prediction. */
  baseline: metricsSchema.or(z.undefined()),
  model: modelRefSchema.or(z.undefined()),
  /** Name of the deployment slot that was set. */
  deployment: z.string().or(z.undefined()),
  error: errorDataSchema.or(z.undefined()),
}).readonly()

/** What a run came to; what `run --json` prints. */
export type RunSummary = z.infer<typeof runSummarySchema>

/** One line of a run's log. */
export const runLogLineSchema = z.object({ at: z.number(), level: z.enum(['debug', 'info', 'warn', 'error']), message: z.string() }).readonly()

/** One line of a run's log. */
export type RunLogLine = z.infer<typeof runLogLineSchema>

/** What happens while a pipeline runs, in order. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-started'),
    run: z.string(),
    pipeline: z.string(),
    steps: z.array(z.object({ id: z.string(), uses: z.string() }).readonly()).readonly(),
  }).readonly(),
  z.object({ type: z.literal('step-started'), step: z.string(), uses: z.string(), attempt: z.number() }).readonly(),
  z.object({
    type: z.literal('step-progress'),
    step: z.string(),
    /** 0 … 1 */
    fraction: z.number(),
    message: z.string(),
    /** Undefined while too little is done to say. */
    remainingSeconds: z.number().or(z.undefined()),
  }).readonly(),
  z.object({ type: z.literal('step-log'), step: z.string(), line: runLogLineSchema }).readonly(),
  z.object({ type: z.literal('step-measured'), step: z.string(), measurements: z.array(measurementSchema).readonly() }).readonly(),
  z.object({ type: z.literal('step-finished'), summary: stepSummarySchema, error: errorDataSchema.or(z.undefined()) }).readonly(),
  z.object({ type: z.literal('run-finished'), summary: runSummarySchema }).readonly(),
])

/** What happens while a pipeline runs, in order. */
export type RunEvent = z.infer<typeof runEventSchema>

/** A run in a list. */
export const runListEntrySchema = z.object({
  run: z.string(),
  pipeline: z.string(),
  status: runStatusSchema,
  /** Milliseconds since 1970-01-01 UTC. */
  startedAt: z.number(),
  /** Undefined while it runs. */
  seconds: z.number().or(z.undefined()),
  metrics: metricsSchema.or(z.undefined()),
  model: modelRefSchema.or(z.undefined()),
  deployment: z.string().or(z.undefined()),
}).readonly()

/** A run in a list. */
export type RunListEntry = z.infer<typeof runListEntrySchema>

/** A step of a recorded run with everything that is known of it. */
export const stepRunDetailSchema = z.object({
  ...stepSummarySchema.def.innerType.shape,
  params: z.record(z.string(), z.unknown()).readonly().or(z.undefined()),
  changed: z.array(keyChangeSchema).readonly(),
  producedBy: z.string().or(z.undefined()),
  attempts: z.number(),
  outputs: z.array(z.object({ name: z.string(), kind: z.string(), hash: z.string(), bytes: z.number() }).readonly()).readonly(),
  error: errorDataSchema.or(z.undefined()),
}).readonly()

/** A step of a recorded run with everything that is known of it. */
export type StepRunDetail = z.infer<typeof stepRunDetailSchema>

/** A recorded run with its steps and its log. */
export const runDetailSchema = z.object({
  ...runListEntrySchema.def.innerType.shape,
  pipelineFile: z.string(),
  seed: z.number(),
  baseline: metricsSchema.or(z.undefined()),
  error: errorDataSchema.or(z.undefined()),
  steps: z.array(stepRunDetailSchema).readonly(),
  log: z.array(z.object({ ...runLogLineSchema.def.innerType.shape, step: z.string().or(z.undefined()) }).readonly()).readonly(),
}).readonly()

/** A recorded run with its steps and its log. */
export type RunDetail = z.infer<typeof runDetailSchema>

/** What `explain RUN STEP` answers. */
export const stepExplanationSchema = z.object({ ...cacheOutcomeSchema.def.innerType.shape, run: z.string(), step: z.string() }).readonly()

/** What `explain RUN STEP` answers. */
export type StepExplanation = z.infer<typeof stepExplanationSchema>

/** Runs side by side: one value per run, in the order asked; undefined where a run has none. */
export const runComparisonSchema = z.object({
  runs: z.array(runListEntrySchema).readonly(),
  params: z.array(z.object({ step: z.string(), param: z.string(), values: z.array(z.unknown()).readonly(), differs: z.boolean() }).readonly()).readonly(),
  metrics: z.array(z.object({ metric: z.string(), values: z.array(z.number().or(z.undefined())).readonly() }).readonly()).readonly(),
}).readonly()

/** Runs side by side: one value per run, in the order asked. */
export type RunComparison = z.infer<typeof runComparisonSchema>

const deletionFields = {
  bytesFreed: z.number(),
  artifactsRemoved: z.number(),
  /** Models and datasets that went with it, such as `model churn 3`. */
  removed: z.array(z.string()).readonly(),
  /** What was kept and why, in words. */
  kept: z.array(z.string()).readonly(),
}

/** What the deletion of a run removed. */
export const runDeletionSchema = z.object({ run: z.string(), ...deletionFields }).readonly()

/** What a deletion of several runs removed, or would remove. */
export const runsDeletionSchema = z.object({ runs: z.array(z.string()).readonly(), ...deletionFields }).readonly()

/** What a deletion of several runs removed, or would remove. */
export type RunsDeletion = z.infer<typeof runsDeletionSchema>

/** What the deletion of a run removed. */
export type RunDeletion = z.infer<typeof runDeletionSchema>
