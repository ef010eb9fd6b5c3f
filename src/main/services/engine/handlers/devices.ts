import type { Devices } from '../../devices.ts'
import type { Handlers } from '../context.ts'

let found: Promise<Devices> | undefined

async function tryAll(): Promise<Devices> {
  const { listDevices } = await import('../../devices.ts')
  return listDevices()
}

/** What this machine computes with; tried once, and again when asked. */
export const devicesHandlers: Handlers<'devices'> = {
  list: () => (found ??= tryAll()),
  selfTest: (_, { jobs }) => ({
    job: jobs.start({
      kind: 'self-test',
      project: null,
      title: 'Test the devices',
      work: () => (found = tryAll()),
    }),
  }),
}
