import { totalmem } from 'node:os'
import { MillraceError } from '#shared/errors.ts'

const gib = 2 ** 30
const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, ki: 2 ** 10, mi: 2 ** 20, gi: gib, ti: 2 ** 40 }

/** Bytes from a text such as `8GB`, `512MiB` or `4g`; undefined where it is none. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?(?:b)?\s*$/i.exec(text)
  if (match?.[1] === undefined) return undefined
  return Math.floor(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1))
}

/** Bytes as people read them, e.g. `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const names = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < names.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${names[unit] ?? ''}`
}

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
