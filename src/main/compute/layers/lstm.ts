import { add, concat, matMul, mul, reshape, sigmoid, split, square, stack, sub, sum, tanh, unstack, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Rng } from '../../base/rng.ts'
import { hasKernel, runKernels } from '../run-kernel.ts'
import { activationGradient } from './activation.ts'
import { uniformNumbers } from './dense.ts'
import type { Layer } from './layer.ts'

/**
 * Long short-term memory over sequences [rows, steps, features], as Keras computes it: z = x W + h U + b; i, f, o = σ(z_i), σ(z_f), σ(z_o); g = tanh(z_c);
 * c = f c + i g; h = o tanh(c), from h = c = 0. Gives the last h, [rows, units]. The forget gates start open (Jozefowicz et al. 2015).
 */
export function lstm(features: number, units: number): Layer {
  return {
    parameters: [
      { name: 'kernel', shape: [features, 4 * units], decays: true, initial: (rng) => uniformNumbers(rng, features * 4 * units, Math.sqrt(6 / (features + 4 * units))) },
      { name: 'recurrent', shape: [units, 4 * units], decays: true, initial: (rng: Rng) => uniformNumbers(rng, units * 4 * units, Math.sqrt(6 / (5 * units))) },
      { name: 'bias', shape: [4 * units], decays: false, initial: () => new Float32Array(4 * units).fill(1, units, 2 * units) },
    ],
    forward(x, weights) {
      const [kernel, recurrent, bias] = weights as [Tensor, Tensor, Tensor]
      if (hasKernel('Lstm')) {
        const [output, ...kept] = runKernels('Lstm', { x, kernel, recurrent, bias }) as [Tensor, ...Tensor[]]
        return { output, kept }
      }
      return forward(x, kernel, recurrent, bias, units)
    },
    backward({ input: x, kept, weights, gradient }, wantsInput) {
      const [kernel, recurrent] = weights as [Tensor, Tensor]
      if (hasKernel('LstmGradient')) {
        const [times, gates, h, c] = kept as [Tensor, Tensor, Tensor, Tensor]
        const [byInput, ...own] = runKernels('LstmGradient', { gradient, times, gates, h, c, kernel, recurrent }, { wantsInput }) as [Tensor, Tensor, Tensor, Tensor]
        return { input: wantsInput ? byInput : undefined, weights: own }
      }
      return backward(x, kept, kernel, recurrent, gradient, wantsInput)
    },
  }
}

type Gates = readonly [Tensor, Tensor, Tensor, Tensor]

function forward(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, units: number): ReturnType<Layer['forward']> {
  const kept: Tensor[] = []
  let [h, c]: [Tensor, Tensor] = [zeros([x.shape[0] ?? 0, units]), zeros([x.shape[0] ?? 0, units])]
  for (const now of unstack(x, 1)) {
    const z = add(add(matMul(now as Tensor2D, kernel as Tensor2D), matMul(h as Tensor2D, recurrent as Tensor2D)), bias)
    const [zi, zf, zc, zo] = split(z, 4, 1) as unknown as Gates
    const [i, f, g, o] = [sigmoid(zi), sigmoid(zf), tanh(zc), sigmoid(zo)]
    kept.push(now, h, c, i, f, g, o)
    c = add(mul(f, c), mul(i, g))
    h = mul(o, tanh(c))
    kept.push(c)
  }
  return { output: h, kept }
}

const KEPT = 8 // tensors of a step: input, h and c before it, the four gates, c after it

function backward(x: Tensor, kept: readonly Tensor[], kernel: Tensor, recurrent: Tensor, gradient: Tensor, wantsInput: boolean): ReturnType<Layer['backward']> {
  let [dh, dc]: [Tensor, Tensor | undefined] = [gradient, undefined]
  let sums: [Tensor, Tensor, Tensor] | undefined
  const inputs: Tensor[] = []
  for (let from = kept.length - KEPT; from >= 0; from -= KEPT) {
    const [now, h, c, i, f, g, o, after] = kept.slice(from, from + KEPT) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
    const squashed = tanh(after)
    const through = mul(mul(dh, o), sub(1, square(squashed)))
    const dCell: Tensor = dc === undefined ? through : add(dc, through)
    const dz = concat([activationGradient('sigmoid', i, mul(dCell, g)), activationGradient('sigmoid', f, mul(dCell, c)), mul(mul(dCell, i), sub(1, square(g))), activationGradient('sigmoid', o, mul(dh, squashed))], 1)
    const own = [matMul(now as Tensor2D, dz as Tensor2D, true, false), matMul(h as Tensor2D, dz as Tensor2D, true, false), sum(dz, 0)] as const
    sums = sums === undefined ? [...own] : [add(sums[0], own[0]), add(sums[1], own[1]), add(sums[2], own[2])]
    if (wantsInput) inputs.unshift(matMul(dz as Tensor2D, kernel as Tensor2D, false, true))
    dh = matMul(dz as Tensor2D, recurrent as Tensor2D, false, true)
    dc = mul(dCell, f)
  }
  if (sums === undefined) throw new Error('A sequence without steps')
  return { input: wantsInput ? reshape(stack(inputs, 1), x.shape) : undefined, weights: sums }
}
