import { MillraceError, toErrorData } from '#shared/errors.ts'

/** How a device fails in the middle of a training. */
export type DeviceTrouble = 'out of memory' | 'device lost'

/** What befell the device, where an error says that; undefined for any other error. */
export function deviceTrouble(error: unknown): DeviceTrouble | undefined {
  if (error instanceof MillraceError) {
    const { code } = toErrorData(error)
    return code === 'out-of-memory' ? 'out of memory' : code === 'disconnected' ? 'device lost' : undefined
  }
  // The words of the engine for an array or a WebAssembly memory that the machine has no room for.
  const memory = error instanceof RangeError && /array buffer allocation|invalid typed array length|memory\.grow|could not allocate/i.test(error.message)
  return memory ? 'out of memory' : undefined
}

/** The error where a training met the trouble again with half the batch. */
export function gaveUp(trouble: DeviceTrouble, batchSize: number, cause: unknown): MillraceError {
  const { message } = toErrorData(cause)
  if (trouble === 'device lost') {
    return new MillraceError(
      {
        code: 'disconnected',
        headline: 'The device that trains was lost twice',
        message: `It went away again after a new start with steps of ${String(batchSize)} rows: ${message}`,
        nextStep: 'Train on the processor (`backend: wasm`), or update the driver of the graphics card and close other programs that use it.',
        details: { batchSize },
      },
      cause,
    )
  }
  return new MillraceError(
    {
      code: 'out-of-memory',
      headline: 'The training has no memory left',
      message: `Also with steps of ${String(batchSize)} rows there was not enough: ${message}`,
      nextStep: `Set \`batchSize\` to ${String(Math.max(1, Math.floor(batchSize / 4)))}, use fewer features, fewer rows (\`rows\`) or smaller layers, or close other programs.`,
      details: { batchSize },
    },
    cause,
  )
}
