import type { Devices } from '../../../services/devices.ts'
import type { AddCommand } from '../command.ts'
import type { Paint } from '../format/paint.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import { countOf } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'

function devicesText({ chosen, backends }: Devices, paint: Paint): string {
  const rows = backends.map((backend) => [
    backend.id,
    backend.available ? paint.good('available') : 'not available',
    backend.devices.map(deviceText).join('; '),
    backend.reason,
  ])
  return `${chosen === null ? 'Nothing here can train models.' : `Models are trained by: ${paint.strong(chosen)}`}\n\n${formatTable([{ title: 'backend' }, { title: '' }, { title: 'device' }, { title: 'why' }], rows)}`
}

function deviceText({ name, threads, memoryBytes }: Devices['backends'][number]['devices'][number]): string {
  return [name, threads === 0 ? '' : countOf(threads, 'thread'), memoryBytes === null ? '' : `${formatBytes(memoryBytes)} per step`].filter((text) => text !== '').join(', ')
}

/** `devices`: what this machine computes with. */
export const addDevices: AddCommand = (program, handle) => {
  program
    .command('devices')
    .description('what this machine computes with, each tried by a small training')
    .option('--self-test', 'train a small network of every kind on each backend (always done)')
    .action(
      handle(async (context) => {
        const { listDevices } = await import('../../../services/devices.ts')
        const devices = await listDevices()
        context.result(devices, () => devicesText(devices, context.paint))
      }),
    )
}
