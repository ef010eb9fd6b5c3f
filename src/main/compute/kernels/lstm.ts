import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { addressOf, inputOf, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { inBatchParts, multiply, sequenceOf, type Sequence } from './sequence.ts'

/** Long short-term memory over whole sequences: the last state and what the gradient needs, and the gradient. */
export function lstms(space: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'Lstm',
      run(inputs, _, backend) {
        const [x, kernel, recurrent, bias] = ['x', 'kernel', 'recurrent', 'bias'].map((name) => inputOf(inputs, name)) as [TensorInfo, TensorInfo, TensorInfo, TensorInfo]
        return forward(space, backend, sequenceOf(x, recurrent), x, kernel, recurrent, bias)
      },
    },
    {
      name: 'LstmGradient',
      run(inputs, attributes, backend) {
        const given = Object.fromEntries(['gradient', 'times', 'gates', 'h', 'c', 'kernel', 'recurrent'].map((name) => [name, inputOf(inputs, name)])) as GradientInputs
        const [steps, batch, features] = given.times.shape as [number, number, number]
        return backward(space, backend, { batch, steps, features, units: given.recurrent.shape[0] ?? 0 }, given, attributes['wantsInput'] === true)
      },
    },
  ]
}

function forward(space: KernelSpace, backend: BackendWasm, sequence: Sequence, x: TensorInfo, kernel: TensorInfo, recurrent: TensorInfo, bias: TensorInfo): TensorInfo[] {
  const { batch, steps, features, units } = sequence
  const outputs = [[batch, units], [steps, batch, features], [steps, batch, 4 * units], [steps + 1, batch, units], [steps + 1, batch, units]].map((shape) => backend.makeOutput(shape, 'float32'))
  const [last, times, gates, h, c] = outputs.map((output) => addressOf(backend, output)) as [number, number, number, number, number]
  const state = batch * units
  space.pool.call('swapAxes', addressOf(backend, x), batch, steps, features, 0, batch, times)
  multiply(space, {
    a: times, aRow: features, aColumn: 1, b: addressOf(backend, kernel), bRow: 4 * units, bColumn: 1, c: gates, cRow: 4 * units,
    rows: steps * batch, columns: 4 * units, depth: features, bias: addressOf(backend, bias),
  })
  for (const block of [h, c]) space.words(block, state).fill(0)
  inBatchParts(space, sequence, space.pool.call('lstmScratch', units), (from, to, scratch) => ({
    kernel: 'lstm', args: [gates, addressOf(backend, recurrent), h, c, batch, from, to, steps, units, 0, scratch],
  }))
  space.words(last, state).set(space.words(h + steps * state * 4, state))
  return outputs
}

type GradientInputs = Readonly<Record<'gradient' | 'times' | 'gates' | 'h' | 'c' | 'kernel' | 'recurrent', TensorInfo>>

function backward(space: KernelSpace, backend: BackendWasm, sequence: Sequence, given: GradientInputs, wantsInput: boolean): TensorInfo[] {
  const { batch, steps, features, units } = sequence
  const [rows, width, state] = [steps * batch, 4 * units, batch * units]
  const outputs = [wantsInput ? [batch, steps, features] : [0], [features, width], [units, width], [width]].map((shape) => backend.makeOutput(shape, 'float32'))
  const [dx, dKernel, dRecurrent, dBias] = outputs.map((output) => addressOf(backend, output)) as [number, number, number, number]
  const at = (name: keyof GradientInputs): number => addressOf(backend, given[name])
  space.borrow((rows * width + 2 * state + (wantsInput ? rows * features : 0)) * 4, (dz) => {
    const [dh, dc] = [dz + rows * width * 4, dz + (rows * width + state) * 4]
    space.words(dz, rows * width).set(space.words(at('gates'), rows * width)) // the kernel writes over them
    space.words(dh, state).set(space.words(at('gradient'), state))
    space.words(dc, state).fill(0)
    inBatchParts(space, sequence, space.pool.call('lstmScratch', units), (from, to, scratch) => ({
      kernel: 'lstmGradient', args: [dz, at('recurrent'), at('c'), 0, dh, dc, batch, from, to, steps, units, 0, scratch],
    }))
    multiply(space, { a: at('times'), aRow: 1, aColumn: features, b: dz, bRow: width, bColumn: 1, c: dKernel, cRow: width, rows: features, columns: width, depth: rows })
    multiply(space, { a: at('h'), aRow: 1, aColumn: units, b: dz, bRow: width, bColumn: 1, c: dRecurrent, cRow: width, rows: units, columns: width, depth: rows })
    space.pool.call('columnSums', dz, rows, width, 0, width, 0, dBias)
    if (!wantsInput) return
    const byTime = dc + state * 4
    multiply(space, { a: dz, aRow: width, aColumn: 1, b: at('kernel'), bRow: 1, bColumn: width, c: byTime, cRow: features, rows, columns: features, depth: width })
    space.pool.call('swapAxes', byTime, steps, batch, features, 0, steps, dx)
  })
  return outputs
}
