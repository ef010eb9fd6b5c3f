import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { RecurrentParams } from './params.ts'

/** What decides a recurrent network's form. */
export const formSchema = z.object({
  steps: z.int().min(1), features: z.int().min(1), cell: z.enum(['gru', 'lstm']), units: z.int().min(1), layerNorm: z.boolean(), hidden: z.int().min(1), dropout: z.number(),
})

/** One of them. */
export type Form = z.infer<typeof formSchema>

/** The form for a matrix of so many columns; throws `invalid-parameter` where they make no window of the size that was named. */
export function formOf(columns: number, params: RecurrentParams): Form {
  const { features, cell, units, layerNorm, hidden, dropout } = params
  const steps = params.steps === 'auto' ? Math.floor(columns / features) : params.steps
  if (steps * features !== columns || steps === 0) throw noWindow(columns, params)
  return { steps, features, cell, units, layerNorm, hidden, dropout }
}

function noWindow(columns: number, { steps, features }: RecurrentParams): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'The columns do not make the window that was named',
    message: `The recipe gives ${String(columns)} columns; the estimator "recurrent" was told: steps ${String(steps)}, features ${String(features)}.`,
    nextStep: 'Set `steps` and `features` so that their product is the number of columns, and let the recipe leave out all columns but those of the window, the earliest moment first.',
    details: { columns, steps, features },
  })
}
