import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from a later one that was given the same number. */
export type ProcessIdentity = {
  readonly pid: number
  readonly host: string
  /** When the process started, in the system's own words; empty where the system does not say. */
  readonly started: string
}

/** Start of a process on Linux: boot id and ticks since boot; undefined where there is no such process, '' on other systems. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return processExists(pid) ? '' : undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name (field 2) may hold spaces and brackets; fields are counted after its last bracket. Field 3 is the state, 22 the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19] ?? ''}`
  } catch {
    return undefined
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' }
}

/**
 * Whether a process is still there: `unknown` on another host, and where the number is in use
 * but the system does not say whether by the same process.
 */
export function isAlive(identity: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  if (identity.host !== hostname()) return 'unknown'
  const started = startOf(identity.pid)
  if (started === undefined) return 'gone'
  if (started === '' || identity.started === '') return identity.pid === process.pid ? 'alive' : 'unknown'
  return started === identity.started ? 'alive' : 'gone'
}

/** A name that no other process or call uses. */
export function uniqueToken(): string {
  return randomBytes(12).toString('hex')
}
