import type { Devices } from '../../devices.ts'
import type { Handlers } from '../context.ts'

let found: Promise<Devices> | undefined

async function list(anew: boolean): Promise<Devices> {
  const { listDevices } = await import('../../devices.ts')
  return listDevices({ anew })
}

/** What this machine computes with; tried where that is not known yet, and again when asked. */
export const devicesHandlers: Handlers<'devices'> = {
  list: () => (found ??= list(false)),
  selfTest: (_, { jobs }) => ({
    job: jobs.start({
      kind: 'self-test',
      project: null,
      title: 'Test the devices',
      work: () => (found = list(true)),
    }),
  }),
}
