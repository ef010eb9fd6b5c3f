import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { splitProduct, type Product } from '../../wasm/split-product.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Sizes of a pass over sequences. */
export type Sequence = { readonly batch: number; readonly steps: number; readonly features: number; readonly units: number }

/** Addresses during the gradient: of what was kept of the pass, of the gradient of the gates before they are squashed, and of the recurrent matrix. */
export type GradientPlaces = {
  readonly h: number
  readonly kept: number
  readonly dz: number
  readonly dRecurrent: number
}

/** A part of the batch, gates that are not hard, and scratch of its own. */
type Part = readonly [batch: number, from: number, to: number, steps: number, units: number, hard: 0, scratch: number]

/** What tells one kind of recurrent cell from another. */
export type Cell = {
  /** Of the kernel; that of its gradient is `…Gradient`. */
  readonly name: string
  /** Blocks of the width `units` in the matrices. */
  readonly gates: number
  /** What a pass keeps besides its states h, and for how many moments of so many steps. */
  readonly kept: string
  keptMoments(steps: number): number
  readonly scratch: 'lstmScratch' | 'gruScratch'
  forward(gates: number, recurrent: number, h: number, kept: number, ...part: Part): NeuralCall
  /** `dh` and `aside` are blocks of one state each; the second begins with zeros. */
  backward(dz: number, recurrent: number, places: { readonly h: number; readonly kept: number }, dh: number, aside: number, ...part: Part): NeuralCall
  /** The gradient of the recurrent matrix, from that of the gates. */
  recurrentGradient(space: KernelSpace, sequence: Sequence, places: GradientPlaces): void
}

/** A recurrent layer over whole sequences: the last state and what the gradient needs, and the gradient. */
export function recurrentKernels(space: KernelSpace, cell: Cell): readonly OwnKernel[] {
  return [
    {
      name: cell.name,
      run(inputs, _, backend) {
        const [x, kernel, recurrent, bias] = ['x', 'kernel', 'recurrent', 'bias'].map((name) => inputOf(inputs, name)) as [TensorInfo, TensorInfo, TensorInfo, TensorInfo]
        const [batch, steps, features] = x.shape as [number, number, number]
        const sequence = { batch, steps, features, units: recurrent.shape[0] ?? 0 }
        return forward(space, backend, cell, sequence, addressOf(backend, x), addressOf(backend, kernel), addressOf(backend, recurrent), addressOf(backend, bias))
      },
    },
    {
      name: `${cell.name}Gradient`,
      run(inputs, attributes, backend) {
        const [steps, batch, features] = inputOf(inputs, 'times').shape as [number, number, number]
        const sequence = { batch, steps, features, units: inputOf(inputs, 'recurrent').shape[0] ?? 0 }
        return backward(space, backend, cell, sequence, (name) => addressOf(backend, inputOf(inputs, name)), attributes['wantsInput'] === true)
      },
    },
  ]
}

function forward(space: KernelSpace, backend: BackendWasm, cell: Cell, sequence: Sequence, x: number, kernel: number, recurrent: number, bias: number): TensorInfo[] {
  const { batch, steps, features, units } = sequence
  const [width, state] = [cell.gates * units, batch * units]
  const outputs = [[batch, units], [steps, batch, features], [steps, batch, width], [steps + 1, batch, units], [cell.keptMoments(steps), batch, units]].map((shape) => backend.makeOutput(shape, 'float32'))
  const [last, times, gates, h, kept] = outputs.map((output) => addressOf(backend, output)) as [number, number, number, number, number]
  space.pool.call('swapAxes', x, batch, steps, features, 0, batch, times)
  multiply(space, { a: times, aRow: features, aColumn: 1, b: kernel, bRow: width, bColumn: 1, c: gates, cRow: width, rows: steps * batch, columns: width, depth: features, bias })
  for (const block of [h, kept]) space.words(block, state).fill(0)
  inBatchParts(space, sequence, cell, (...part) => cell.forward(gates, recurrent, h, kept, ...part))
  space.words(last, state).set(space.words(h + steps * state * 4, state))
  return outputs
}

function backward(space: KernelSpace, backend: BackendWasm, cell: Cell, sequence: Sequence, at: (name: string) => number, wantsInput: boolean): TensorInfo[] {
  const { batch, steps, features, units } = sequence
  const [rows, width, state] = [steps * batch, cell.gates * units, batch * units]
  const outputs = [wantsInput ? [batch, steps, features] : [0], [features, width], [units, width], [width]].map((shape) => backend.makeOutput(shape, 'float32'))
  const [dx, dKernel, dRecurrent, dBias] = outputs.map((output) => addressOf(backend, output)) as [number, number, number, number]
  const [h, kept] = [at('h'), at(cell.kept)]
  space.borrow((rows * width + 2 * state + (wantsInput ? rows * features : 0)) * 4, (dz) => {
    const [dh, aside] = [dz + rows * width * 4, dz + (rows * width + state) * 4]
    space.words(dz, rows * width).set(space.words(at('gates'), rows * width)) // the kernel writes over them
    space.words(dh, state).set(space.words(at('gradient'), state))
    space.words(aside, state).fill(0)
    inBatchParts(space, sequence, cell, (...part) => cell.backward(dz, at('recurrent'), { h, kept }, dh, aside, ...part))
    multiply(space, { a: at('times'), aRow: 1, aColumn: features, b: dz, bRow: width, bColumn: 1, c: dKernel, cRow: width, rows: features, columns: width, depth: rows })
    cell.recurrentGradient(space, sequence, { h, kept, dz, dRecurrent })
    space.pool.call('columnSums', dz, rows, width, 0, width, 0, dBias)
    if (!wantsInput) return
    const byTime = aside + state * 4
    multiply(space, { a: dz, aRow: width, aColumn: 1, b: at('kernel'), bRow: 1, bColumn: width, c: byTime, cRow: features, rows, columns: features, depth: width })
    space.pool.call('swapAxes', byTime, steps, batch, features, 0, steps, dx)
  })
  return outputs
}

/** A matrix product on all threads. */
export function multiply({ pool, scratch }: KernelSpace, product: Product): void {
  pool.together(splitProduct(product, scratch))
}

/** Shares the rows of the batch among the threads, each with scratch of its own. */
function inBatchParts({ pool, borrow }: KernelSpace, { batch, steps, units }: Sequence, { scratch }: Cell, call: (...part: Part) => NeuralCall): void {
  const bytes = Math.ceil(pool.call(scratch, units) / 64) * 64
  const parts = cutRange(0, batch, Math.min(batch, lanesFor(batch * steps * units * units, pool.threads)))
  borrow(bytes * parts.length, (room) => pool.together(parts.map(({ from, to }, lane) => call(batch, from, to, steps, units, 0, room + lane * bytes))))
}
