import { z } from 'zod'
import { trainingParams } from '../../neural/training-params.ts'

/** Parameters of the recurrent network, before and after defaults. */
export const recurrentParams = z.strictObject({
  steps: z.union([z.literal('auto'), z.int().min(1).max(100_000)]).default('auto').describe('Moments of a window; auto: as many as the columns make'),
  features: z.int().min(1).max(4096).default(1).describe('Columns of a moment'),
  cell: z.enum(['gru', 'lstm']).default('gru').describe('What remembers: gated recurrent units, or long short-term memory, which is slower and remembers longer'),
  units: z.int().min(1).max(1024).default(64).describe('Numbers that it remembers from moment to moment'),
  layerNorm: z.boolean().default(false).describe('Brings what it remembers at the end of the window to one scale'),
  hidden: z.int().min(1).max(4096).default(64).describe('Units of the dense layer behind it'),
  ...trainingParams,
})

/** Parameters after defaults. */
export type RecurrentParams = z.infer<typeof recurrentParams>
