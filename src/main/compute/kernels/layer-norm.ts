import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Parts of the rows that are added up each for itself: a fixed number, so that the sums have the same bits on any number of threads. */
const PARTS = 4
/** Cells below which one part is faster. */
const LEAST_WORK = 100_000

/** Layer normalisation of every row, and its gradients. */
export function layerNorms(space: KernelSpace): readonly OwnKernel[] {
  const { pool } = space
  return [
    {
      name: 'LayerNorm',
      run(inputs, attributes, backend) {
        const { shape } = inputOf(inputs, 'x')
        const columns = shape.at(-1) ?? 1
        const rows = util.sizeFromShape(shape) / columns
        const outputs = [shape, [rows], [rows]].map((own) => backend.makeOutput(own, 'float32'))
        const [y, means, inverses] = outputs.map((own) => addressOf(backend, own)) as [number, number, number]
        const [x, gamma, beta] = ['x', 'gamma', 'beta'].map((name) => addressOf(backend, inputOf(inputs, name))) as [number, number, number]
        const epsilon = Number(attributes['epsilon'])
        pool.together(
          cutRange(0, rows, lanesFor(rows * columns, pool.threads)).map(({ from, to }) => ({ kernel: 'layerNorm', args: [x, from, to, columns, gamma, beta, epsilon, y, means, inverses] })),
        )
        return outputs
      },
    },
    {
      name: 'LayerNormGradient',
      run(inputs, _, backend) {
        const { shape } = inputOf(inputs, 'x')
        const columns = shape.at(-1) ?? 1
        const rows = util.sizeFromShape(shape) / columns
        const outputs = [shape, [columns], [columns]].map((own) => backend.makeOutput(own, 'float32'))
        const [dx, gammas, betas] = outputs.map((own) => addressOf(backend, own)) as [number, number, number]
        const [x, dy, means, inverses, gamma] = ['x', 'gradient', 'mean', 'inverse', 'gamma'].map((name) => addressOf(backend, inputOf(inputs, name))) as [number, number, number, number, number]
        const parts = cutRange(0, rows, rows * columns < LEAST_WORK ? 1 : PARTS)
        space.borrow(8 * columns * parts.length, (room) => {
          space.words(room, 2 * columns * parts.length).fill(0)
          const sums = parts.map((_, k) => room + 8 * columns * k) // of γ, then of β
          for (let next = 0; next < parts.length; next += pool.threads) {
            pool.together(
              parts.slice(next, next + pool.threads).map(({ from, to }, lane) => {
                const sum = sums[next + lane] as number
                return { kernel: 'layerNormGradient', args: [x, dy, from, to, columns, gamma, means, inverses, dx, sum, sum + 4 * columns] }
              }),
            )
          }
          for (const sum of sums.slice(1)) pool.call('addScaled', room, sum, 0, 2 * columns, 1)
          space.words(gammas, columns).set(space.words(room, columns))
          space.words(betas, columns).set(space.words(room + 4 * columns, columns))
        })
        return outputs
      },
    },
  ]
}
