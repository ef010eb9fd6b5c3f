import { z } from 'zod'

const step = z.string()
const path = z.array(z.string()).min(1).max(20)

/** One change of a pipeline's text that a form or the graph asks for; steps are named by their keys in the outline. */
export const pipelineChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-param'), step, /** From the parameter inwards. */ path, value: z.unknown() }),
  z.object({ kind: z.literal('unset-param'), step, path }),
  /** Adds a step after another, or at the end; where it hands on a dataset, it goes between that step and those that need it. */
  z.object({ kind: z.literal('add-step'), uses: z.string(), after: step.nullable(), params: z.record(z.string(), z.unknown()).default({}) }),
  /** Removes a step; those that needed it need what it needed. */
  z.object({ kind: z.literal('remove-step'), step }),
  /** Gives a step another id, wherever it is named. */
  z.object({ kind: z.literal('rename-step'), step, id: z.string() }),
  /** Ids of the steps to wait for; null: the step before. */
  z.object({ kind: z.literal('set-needs'), step, needs: z.array(z.string()).nullable() }),
  /** What the pipeline learns; null takes it out, what is absent stays. */
  z.object({
    kind: z.literal('set-goal'),
    name: z.string().nullable().optional(),
    task: z.string().nullable().optional(),
    target: z.string().nullable().optional(),
    positive: z.string().nullable().optional(),
    seed: z.int().nullable().optional(),
  }),
  /** How a step is run; null takes it out, what is absent stays. */
  z.object({
    kind: z.literal('set-flags'),
    step,
    cache: z.boolean().nullable().optional(),
    retry: z.int().nullable().optional(),
    timeout: z.union([z.number(), z.string()]).nullable().optional(),
  }),
])

/** One change of a pipeline's text. */
export type PipelineChange = z.infer<typeof pipelineChangeSchema>
