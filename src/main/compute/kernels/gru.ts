import type { KernelSpace, OwnKernel } from './own-kernel.ts'
import { multiply, recurrentKernels, type Cell } from './recurrent.ts'

const gru: Cell = {
  name: 'Gru',
  gates: 3,
  kept: 'resets',
  keptMoments: (steps) => steps,
  scratch: 'gruScratch',
  forward: (gates, recurrent, h, resets, ...part) => ({ kernel: 'gru', args: [gates, recurrent, h, resets, ...part] }),
  backward: (dz, recurrent, { h }, dh, aside, batch, ...part) => ({ kernel: 'gruGradient', args: [dz, recurrent, h, 0, dh, aside, batch, ...part] }),
  /** The gates see h, what is new sees r h. */
  recurrentGradient(space, { batch, steps, units }, { h, kept: resets, dz, dRecurrent }) {
    const sums = { aRow: 1, aColumn: units, bRow: 3 * units, bColumn: 1, cRow: 3 * units, rows: units, depth: steps * batch }
    multiply(space, { ...sums, a: h, b: dz, c: dRecurrent, columns: 2 * units })
    multiply(space, { ...sums, a: resets, b: dz + 2 * units * 4, c: dRecurrent + 2 * units * 4, columns: units })
  },
}

/** Gated recurrent units over whole sequences, and their gradient. */
export function grus(space: KernelSpace): readonly OwnKernel[] {
  return recurrentKernels(space, gru)
}
