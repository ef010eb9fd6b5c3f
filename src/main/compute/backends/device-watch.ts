import { MillraceError } from '#shared/errors.ts'

/** Says what befell a graphics card since: it tells so beside the work, which goes on with numbers that mean nothing. */
export function watchDevice(device: GPUDevice): () => MillraceError | undefined {
  let failure: MillraceError | undefined
  device.addEventListener('uncapturederror', ({ error }) => {
    if (error instanceof GPUOutOfMemoryError) failure ??= outOfMemory(error.message.split('\n', 1)[0] ?? '')
  })
  const waitForLoss = async (): Promise<void> => {
    const { reason, message } = await device.lost
    if (reason !== 'destroyed') failure ??= lost(message)
  }
  void waitForLoss()
  return () => failure
}

function outOfMemory(message: string): MillraceError {
  return new MillraceError({
    code: 'out-of-memory',
    headline: 'The graphics card has no memory left',
    message: message === '' ? 'It refused memory for a tensor.' : message,
    nextStep: 'Learn in smaller steps (`batchSize`) or from fewer rows or columns, or close other programs that use the card.',
  })
}

function lost(message: string): MillraceError {
  return new MillraceError({
    code: 'disconnected',
    headline: 'The graphics card went away',
    message: message === '' ? 'Its driver ended the connection.' : message,
    nextStep: 'Run it again, or compute on the processor (`backend: wasm`).',
    retryable: true,
  })
}
