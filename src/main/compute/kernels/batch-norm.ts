import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Batch normalisation by the batch's own moments, and its gradients. */
export function batchNorms({ pool }: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'BatchNormTraining',
      run(inputs, attributes, backend) {
        const { shape } = inputOf(inputs, 'x')
        const columns = shape.at(-1) ?? 1
        const rows = util.sizeFromShape(shape) / columns
        const outputs = [shape, [columns], [columns], [columns]].map((own) => backend.makeOutput(own, 'float32'))
        const [y, means, variances, inverses] = outputs.map((own) => addressOf(backend, own)) as [number, number, number, number]
        const [x, gamma, beta] = ['x', 'gamma', 'beta'].map((name) => addressOf(backend, inputOf(inputs, name))) as [number, number, number]
        const lanes = lanesFor(rows * columns, pool.threads)
        pool.together(cutRange(0, columns, lanes, 16).map(({ from, to }) => ({ kernel: 'batchMoments', args: [x, rows, columns, from, to, means, variances] })))
        pool.call('inverseDeviations', variances, Number(attributes['epsilon']), 0, columns, inverses)
        pool.together(cutRange(0, rows, lanes).map(({ from, to }) => ({ kernel: 'batchNorm', args: [x, from, to, columns, means, inverses, gamma, beta, y] })))
        return outputs
      },
    },
    {
      name: 'BatchNormGradient',
      run(inputs, _, backend) {
        const { shape } = inputOf(inputs, 'x')
        const columns = shape.at(-1) ?? 1
        const rows = util.sizeFromShape(shape) / columns
        const outputs = [shape, [columns], [columns]].map((own) => backend.makeOutput(own, 'float32'))
        const [dx, gammas, betas] = outputs.map((own) => addressOf(backend, own)) as [number, number, number]
        const [x, dy, means, inverses, gamma] = ['x', 'gradient', 'mean', 'inverse', 'gamma'].map((name) => addressOf(backend, inputOf(inputs, name))) as [number, number, number, number, number]
        const lanes = lanesFor(rows * columns, pool.threads)
        pool.together(
          cutRange(0, columns, lanes, 16).map(({ from, to }) => ({ kernel: 'batchNormSums', args: [x, dy, rows, columns, from, to, means, inverses, gammas, betas] })),
        )
        pool.together(
          cutRange(0, rows, lanes).map(({ from, to }) => ({
            kernel: 'batchNormGradient', args: [x, dy, rows, columns, from, to, means, inverses, gamma, gammas, betas, dx],
          })),
        )
        return outputs
      },
    },
  ]
}
