import { totalmem } from 'node:os'
import { MillraceError } from '#shared/errors.ts'
import { parseBytes } from './byte-size.ts'

const gib = 2 ** 30

/** Bytes that one step may use: the machine's memory less a reserve for everything else, or what `MILLRACE_MEMORY` says. */
export function memoryBudget(setting: string | undefined = process.env['MILLRACE_MEMORY'], machineBytes: number = machineMemory()): number {
  if (setting === undefined || setting.trim() === '') return Math.max(gib / 2, machineBytes - Math.max(gib, machineBytes * 0.2))
  const bytes = parseBytes(setting)
  if (bytes === undefined || bytes < 64e6) {
    throw new MillraceError({
      code: 'usage',
      headline: `MILLRACE_MEMORY is "${setting}", which is not an amount of memory of at least 64 MB`,
      nextStep: 'Set it to an amount such as 8GB, or remove it.',
      details: { value: setting },
    })
  }
  return bytes
}

/** Memory that this process may use at most: the machine's, or less in a container. */
function machineMemory(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()
}
