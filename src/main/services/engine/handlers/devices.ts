import { setTimeout as sleep } from 'node:timers/promises'
import type { Devices } from '../../devices.ts'
import type { Handlers } from '../context.ts'

/** Trying what is not known yet takes all cores for seconds, on the first start of all: the first screen has this long to be drawn before. */
const FIRST_SCREEN_MILLISECONDS = 1500

let found: Promise<Devices> | undefined

async function listKnown(): Promise<Devices> {
  const [{ listDevices }, { knownChecks }, { createCheckRecord }, { tryBackend }] = await Promise.all([
    import('../../devices.ts'),
    import('../../../pipeline/backend/known-checks.ts'),
    import('../../../pipeline/backend/check-record.ts'),
    import('../../../pipeline/backend/try-backend.ts'),
  ])
  let drawn: Promise<void> | undefined
  const check = knownChecks(createCheckRecord(), async (id) => {
    await (drawn ??= sleep(FIRST_SCREEN_MILLISECONDS))
    return tryBackend(id)
  })
  return listDevices({ check })
}

async function listAnew(): Promise<Devices> {
  const { listDevices } = await import('../../devices.ts')
  return listDevices({ anew: true })
}

/** What this machine computes with; tried where that is not known yet, and again when asked. */
export const devicesHandlers: Handlers<'devices'> = {
  list: () => (found ??= listKnown()),
  selfTest: (_, { jobs }) => ({
    job: jobs.start({
      kind: 'self-test',
      project: null,
      title: 'Test the devices',
      work: () => (found = listAnew()),
    }),
  }),
}
