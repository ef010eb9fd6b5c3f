import { Option } from 'commander'
import { formatBytes } from '../../../base/byte-size.ts'
import { backendWishes } from '#shared/domain/backend.ts'
import type { BackendWish } from '../../../compute/backend.ts'
import type { Devices } from '../../../services/devices.ts'
import type { AddCommand } from '../command.ts'
import type { Paint } from '../format/paint.ts'
import { countOf } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'

function devicesText({ chosen, why, backends, cards }: Devices, paint: Paint): string {
  const rows = backends.map((backend) => [
    backend.id,
    backend.available ? paint.good('available') : backend.selfTest === 'failed' ? paint.bad('does not work') : 'not available',
    backend.devices.map(deviceText).join('; '),
    [backend.reason, backend.nextStep].filter((text) => text !== '').join(' '),
  ])
  const table = formatTable([{ title: 'backend' }, { title: '' }, { title: 'device' }, { title: 'why' }], rows)
  const first = chosen === null ? `Nothing here trains every kind of neural network: ${why}.` : `Neural networks are trained by: ${paint.strong(chosen)}, ${why}.`
  const found = cards.length === 0 ? 'The system names no graphics card.' : `Graphics cards: ${cards.map(cardText).join('; ')}.`
  return `${first}\nAll other models are trained by the processor.\n${found}\n\n${table}\nA step says \`backend: NAME\` for itself, a pipeline file for all of its steps.\n`
}

function cardText({ name, memoryBytes, driver }: Devices['cards'][number]): string {
  return [name, memoryBytes === null ? '' : formatBytes(memoryBytes), driver === '' ? 'no driver' : driver].filter((text) => text !== '').join(', ')
}

function deviceText({ name, threads, memoryBytes }: Devices['backends'][number]['devices'][number]): string {
  return [name, threads === 0 ? '' : countOf(threads, 'thread'), memoryBytes === null ? '' : `${formatBytes(memoryBytes)} per step`].filter((text) => text !== '').join(', ')
}

/** `devices`: what this machine computes with. */
export const addDevices: AddCommand = (program, handle) => {
  program
    .command('devices')
    .description('what this machine computes with, each tried by a small training')
    .option('--self-test', 'try each of them again, those whose driver crashed too; left out: what was found with these drivers is remembered')
    .addOption(new Option('--pin <backend>', 'what neural networks of this project compute on, where neither a step nor its pipeline file says so; auto takes the pin away').choices(backendWishes))
    .action(
      handle<[{ readonly selfTest?: boolean; readonly pin?: BackendWish }]>(async (context, { selfTest, pin }) => {
        if (pin !== undefined) {
          const { projectFolder } = await import('../project-folder.ts')
          const { pinBackend } = await import('../../../services/devices.ts')
          const pinned = await pinBackend(projectFolder(context), pin)
          context.result(pinned, () => (pin === 'auto' ? 'Neural networks of this project compute on the first backend that passes its self-test.\n' : `Neural networks of this project compute on ${pin}, where neither a step nor its pipeline file says otherwise.\n`))
          return
        }
        const { listDevices } = await import('../../../services/devices.ts')
        const devices = await listDevices({ anew: selfTest === true })
        context.result(devices, () => devicesText(devices, context.paint))
      }),
    )
}
