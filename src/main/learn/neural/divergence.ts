import { MillraceError, toErrorData } from '#shared/errors.ts'

/** Where in a training something happened. */
export type Place = { readonly epoch: number; readonly learningRate: number; readonly step?: number; readonly steps?: number }

/** Whether a training ended because its loss grew without end: a smaller rate may do. */
export function ranAway(error: unknown): boolean {
  return toErrorData(error).details['diverged'] === true
}

/** The error for a loss that is no number any more, or far worse than that of a network that knows nothing. */
export function diverged(place: Place, loss: number, because: string): MillraceError {
  const { epoch, step, steps, learningRate } = place
  const where = step === undefined ? `In epoch ${String(epoch)}` : `In epoch ${String(epoch)}, step ${String(step)} of ${String(steps)},`
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The training ran away',
    message: `${where} ${because}, with a learning rate of ${String(learningRate)}.`,
    nextStep: 'Set a smaller `learningRate`, and look for very large numbers among the columns.',
    details: { epoch, learningRate, loss: String(loss), diverged: true, ...(step === undefined ? {} : { trainingStep: step }) },
  })
}
