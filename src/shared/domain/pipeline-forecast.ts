import { z } from 'zod'
import { keyChangeSchema } from './run.ts'

/** What would happen to one step if the pipeline ran now. */
export const stepForecastSchema = z
  .object({
    step: z.string(),
    uses: z.string(),
    /** `unknown`: it depends on what an earlier step will make, or on a file that was written since it was read. */
    decision: z.enum(['reuse', 'run', 'unknown']),
    /** In words, one sentence. */
    reason: z.string(),
    /** What differs from the most recent run of this step, as far as it is known. */
    changed: z.array(keyChangeSchema).readonly(),
    /** The run whose outputs would be reused. */
    producedBy: z.string().nullable(),
    /** What it needs at its peak; null where the sizes of its inputs are not known. */
    estimate: z
      .object({
        memoryBytes: z.number(),
        diskBytes: z.number(),
        /** The run whose sizes stand in for inputs that are not made yet; null where the inputs are known. */
        basedOn: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    /** Why it would be refused, in one sentence. */
    problem: z.string().nullable(),
  })
  .readonly()

/** What would happen if the pipeline ran now. */
export const pipelineForecastSchema = z
  .object({
    steps: z.array(stepForecastSchema).readonly(),
    /** Most memory that one step may use. */
    memoryBytes: z.number(),
    freeDiskBytes: z.number(),
  })
  .readonly()

/** What would happen to one step. */
export type StepForecast = z.infer<typeof stepForecastSchema>

/** What would happen if the pipeline ran now. */
export type PipelineForecast = z.infer<typeof pipelineForecastSchema>
