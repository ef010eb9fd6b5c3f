import { z } from 'zod'
import { backendWishSchema } from './backend.ts'
import type { Goal } from './task.ts'

/** A step's id: how other steps, the command line and the run's record name it. */
export const stepIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, "-" and "_", at most 64')

/** A duration as files say it: seconds as a number, or text such as "90s", "15m", "2h". */
export const durationSchema = z
  .union([z.number().positive(), z.string().regex(/^\d+(\.\d+)?\s*(s|m|h)$/, 'seconds as a number, or such as 90s, 15m, 2h')])
  .transform((value) => {
    if (typeof value === 'number') return value
    const unit = { s: 1, m: 60, h: 3600 }[value.slice(-1) as 's' | 'm' | 'h']
    return Number.parseFloat(value) * unit
  })

/** One entry of `steps` as the pipeline file writes it. */
export const pipelineStepSchema = z.strictObject({
  id: stepIdSchema,
  uses: z.string(),
  with: z.record(z.string(), z.unknown()).nullish().transform((value) => value ?? {}),
  /** Absent: the step before. */
  needs: z.union([z.array(z.string()), z.string().transform((value) => [value])]).optional(),
  cache: z.boolean().default(true),
  /** How many times more the step is tried after an error that may pass. */
  retry: z.int().min(0).max(10).default(0),
  /** Seconds after which the step is stopped. */
  timeout: durationSchema.optional(),
})

/** Top level of the pipeline file. */
export const pipelineFileSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^/\\\p{C}]*$/u, 'a name without "/", "\\" and characters that do not show')
    .optional(),
  task: z.string().optional(),
  target: z.string().optional(),
  positive: z.string().optional(),
  seed: z.int().min(0).max(0xffff_ffff).default(42),
  /** What neural networks of its steps compute on, where a step does not say otherwise. */
  backend: backendWishSchema.default('auto'),
  steps: z.array(pipelineStepSchema).min(1, 'a pipeline has at least one step').max(4000, 'a pipeline has at most 4,000 steps'),
})

/** One step of a pipeline that passed the lint; `needs` is filled in. */
export type PipelineStep = {
  readonly id: string
  /** Id of the step kind, `stage/name`. */
  readonly uses: string
  /** Parameters as the file and the overrides give them, before defaults. */
  readonly params: Readonly<Record<string, unknown>>
  readonly needs: readonly string[]
  readonly cache: boolean
  readonly retry: number
  /** Seconds. */
  readonly timeout: number | undefined
}

/** A pipeline as read from its file; plain data. */
export type Pipeline = {
  readonly name: string
  readonly goal: Goal | undefined
  readonly seed: number
  readonly backend: z.infer<typeof backendWishSchema>
  readonly steps: readonly PipelineStep[]
}

/** A parameter set from outside the file (`--set step.param=value`); the path reaches into nested parameters by dots. */
export type ParameterOverride = { readonly step: string; readonly param: string; readonly value: unknown }

/** Something wrong in a pipeline file, where it stands and what to write instead. */
export type LintFinding = {
  /** Name of the rule, e.g. `known-kinds`. */
  readonly rule: string
  readonly message: string
  readonly file: string
  /** 1-based. */
  readonly line: number
  /** 1-based. */
  readonly column: number
  readonly step?: string
}
