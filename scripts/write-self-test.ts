import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cpu } from '../src/main/compute/backends/cpu.ts'
import { networkKinds } from '../src/main/compute/self-test/networks.ts'
import { trainStep } from '../src/main/compute/self-test/train-step.ts'

// Writes the losses and gradients that every backend has to reach: those of the plain JavaScript backend. Run it after a change of the networks.

const digits = (value: number): string => String(Number(value.toPrecision(7)))
const backend = await cpu.start({ threads: 1 })
const lines = [
  "import type { NetworkKind } from './networks.ts'",
  "import type { TrainStep } from './train-step.ts'",
  '',
  '// Written by scripts/write-self-test.ts.',
  '',
  '/** What a right training step of each network gives, to 7 digits. */',
  'export const expected: Readonly<Record<NetworkKind, TrainStep>> = {',
]
for (const kind of networkKinds) {
  const { loss, gradients } = await trainStep(kind)
  lines.push(`  ${kind}: {`, `    loss: ${digits(loss)},`, '    gradients: {')
  for (const [name, values] of Object.entries(gradients)) {
    lines.push(`      ${/^\w+$/.test(name) ? name : `'${name}'`}: [`)
    for (let at = 0; at < values.length; at += 12) lines.push(`        ${values.slice(at, at + 12).map(digits).join(', ')},`)
    lines.push('      ],')
  }
  lines.push('    },', '  },')
}
await writeFile(join(import.meta.dirname, '..', 'src', 'main', 'compute', 'self-test', 'expected.ts'), [...lines, '}', ''].join('\n'))
await backend.close()
