import { z } from 'zod'

/** Something wrong in a pipeline's text; line and column count from 1. */
export const pipelineFindingSchema = z
  .object({ rule: z.string(), message: z.string(), line: z.number(), column: z.number(), /** Key of the step that it is about. */ step: z.string().nullable() })
  .readonly()

/** Something wrong in a pipeline's text. */
export type PipelineFinding = z.infer<typeof pipelineFindingSchema>

/** A step as the text has it, whether or not the pipeline may run. */
export const outlineStepSchema = z
  .object({
    /** Names the step within the text: its id, or `#3` for the third step where it has none or shares it. */
    key: z.string(),
    id: z.string(),
    uses: z.string(),
    /** Part of `uses` before the slash. */
    stage: z.string(),
    /** True where the step kind exists. */
    known: z.boolean(),
    /** Ids of the steps that it waits for; those of the step before where the text says none. */
    needs: z.array(z.string()).readonly(),
    needsGiven: z.boolean(),
    /** What each input takes; null where nothing is bound to it. */
    inputs: z.array(z.object({ name: z.string(), kind: z.string(), optional: z.boolean(), from: z.object({ step: z.string(), output: z.string() }).readonly().nullable() }).readonly()).readonly(),
    outputs: z.array(z.object({ name: z.string(), kind: z.string() }).readonly()).readonly(),
    /** Parameters as the text gives them. */
    params: z.record(z.string(), z.unknown()).readonly(),
    /** Parameters after defaults; null where they are not all right. */
    settled: z.record(z.string(), z.unknown()).readonly().nullable(),
    /** What is wrong with single parameters, by their dotted names. */
    problems: z.array(z.object({ param: z.string(), message: z.string() }).readonly()).readonly(),
    cache: z.boolean(),
    retry: z.number(),
    /** As the text gives it; null where it gives none. */
    timeout: z.union([z.string(), z.number()]).nullable(),
    /** First and last line in the text, from 1. */
    lines: z.object({ from: z.number(), to: z.number() }).readonly(),
  })
  .readonly()

/** A step as the text has it. */
export type OutlineStep = z.infer<typeof outlineStepSchema>

/** A pipeline as its text has it: enough for a graph, even where it may not run yet. */
export const pipelineOutlineSchema = z
  .object({
    name: z.string(),
    task: z.string().nullable(),
    target: z.string().nullable(),
    positive: z.string().nullable(),
    seed: z.number().nullable(),
    steps: z.array(outlineStepSchema).readonly(),
  })
  .readonly()

/** A pipeline as its text has it. */
export type PipelineOutline = z.infer<typeof pipelineOutlineSchema>

/** What a check of a text found. */
export const checkedPipelineSchema = z
  .object({
    /** Null where the text is no YAML with a mapping. */
    outline: pipelineOutlineSchema.nullable(),
    findings: z.array(pipelineFindingSchema).readonly(),
    /** True where the pipeline may run. */
    valid: z.boolean(),
  })
  .readonly()

/** What a check of a text found. */
export type CheckedPipeline = z.infer<typeof checkedPipelineSchema>
