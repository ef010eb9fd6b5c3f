import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** A step of AdamW in place: of a weight and its two moments. What it gives is an empty scalar. */
export function optimisers({ pool }: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'AdamW',
      run(inputs, attributes, backend) {
        const [weight, gradient, first, second] = ['weight', 'gradient', 'first', 'second'].map((name) => addressOf(backend, inputOf(inputs, name))) as [number, number, number, number]
        const { rate, beta1, beta2, epsilon, correction1, correction2, decay } = attributes as Readonly<Record<string, number>>
        const numbers = [rate, beta1, beta2, epsilon, correction1, correction2, decay].map(Number) as [number, number, number, number, number, number, number]
        const size = util.sizeFromShape(inputOf(inputs, 'weight').shape)
        pool.together(
          cutRange(0, size, lanesFor(size, pool.threads), 4).map(({ from, to }) => ({ kernel: 'adam', args: [weight, gradient, first, second, from, to, ...numbers, 1] })),
        )
        return backend.makeOutput([], 'float32')
      },
    },
  ]
}
