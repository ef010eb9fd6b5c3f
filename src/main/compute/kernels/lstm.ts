import type { KernelSpace, OwnKernel } from './own-kernel.ts'
import { multiply, recurrentKernels, type Cell } from './recurrent.ts'

const lstm: Cell = {
  name: 'Lstm',
  gates: 4,
  kept: 'c',
  keptMoments: (steps) => steps + 1,
  scratch: 'lstmScratch',
  forward: (gates, recurrent, h, c, ...part) => ({ kernel: 'lstm', args: [gates, recurrent, h, c, ...part] }),
  backward: (dz, recurrent, { kept: c }, dh, dc, batch, ...part) => ({ kernel: 'lstmGradient', args: [dz, recurrent, c, 0, dh, dc, batch, ...part] }),
  recurrentGradient(space, { batch, steps, units }, { h, dz, dRecurrent }) {
    const width = 4 * units
    multiply(space, { a: h, aRow: 1, aColumn: units, b: dz, bRow: width, bColumn: 1, c: dRecurrent, cRow: width, rows: units, columns: width, depth: steps * batch })
  },
}

/** Long short-term memory over whole sequences, and its gradient. */
export function lstms(space: KernelSpace): readonly OwnKernel[] {
  return recurrentKernels(space, lstm)
}
