import type { BackendId } from '../../compute/backend.ts'
import { forgetDriverCrashes, lastDriverCrash } from '../../compute/backends/driver-use.ts'
import { backendFingerprint } from '../../compute/backends/fingerprint.ts'
import { callsDriver } from '../../compute/backends/index.ts'
import type { BackendCheck } from './check.ts'
import { createCheckRecord, type CheckRecord } from './check-record.ts'
import { tryBackend } from './try-backend.ts'

/** Answers what is known of a backend, and finds it out where nothing is. */
export type CheckBackend = (id: BackendId) => Promise<BackendCheck>

function afterCrash(at: number): BackendCheck {
  const day = new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return {
    outcome: 'failed', device: null, trains: [], at,
    found: `Millrace died while it computed with it (${day} UTC), as happens when a driver crashes.`,
    nextStep: 'It is left alone until the driver changes, or until `millrace devices --self-test` has tried it again.',
  }
}

/**
 * What the self-test of each backend found on this machine with these drivers: remembered where it ran, tried where it did not. A driver that brought a process
 * down is not tried again by itself.
 */
export function knownChecks(record: CheckRecord = createCheckRecord(), attempt: CheckBackend = tryBackend): CheckBackend {
  return async (id) => {
    const fingerprint = backendFingerprint(id)
    const crash = callsDriver(id) ? lastDriverCrash(id) : undefined
    const known = crash === undefined ? await record.find(id, fingerprint) : afterCrash(crash)
    const check = known ?? (await attempt(id))
    if (known === undefined || crash !== undefined) await record.keep(id, fingerprint, check)
    if (crash !== undefined) forgetDriverCrashes(id)
    return check
  }
}

/** Tries every backend anew, those that crashed too, and remembers what is found. */
export function freshChecks(record: CheckRecord = createCheckRecord(), attempt: CheckBackend = tryBackend): CheckBackend {
  return async (id) => {
    if (callsDriver(id)) forgetDriverCrashes(id)
    const check = await attempt(id)
    await record.keep(id, backendFingerprint(id), check)
    return check
  }
}
