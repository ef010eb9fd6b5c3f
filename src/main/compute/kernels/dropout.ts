import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Cells set to 0 by chance, and the others scaled up: of values, and of their gradients from the same seed. */
export function dropouts({ pool, words }: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'Dropout',
      run(inputs, attributes, backend) {
        const x = inputOf(inputs, 'x')
        const out = backend.makeOutput(x.shape, 'float32')
        const [from, to] = [addressOf(backend, x), addressOf(backend, out)]
        const [seed] = words(addressOf(backend, inputOf(inputs, 'seed')), 1) as unknown as [number]
        const [least, factor] = [Number(attributes['least']) | 0, Number(attributes['factor'])]
        const size = util.sizeFromShape(x.shape)
        pool.together(cutRange(0, size, lanesFor(size, pool.threads), 4).map((part) => ({ kernel: 'dropout', args: [from, to, part.from, part.to, seed, least, factor] })))
        return out
      },
    },
  ]
}
