import { add, concat, matMul, mul, reshape, sigmoid, slice, split, square, stack, sub, sum, tanh, unstack, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { hasKernel, runKernels } from '../run-kernel.ts'
import { activationGradient } from './activation.ts'
import { uniformNumbers } from './dense.ts'
import type { Layer } from './layer.ts'

/**
 * Gated recurrent unit (Cho et al. 2014) over sequences [rows, steps, features], as Keras computes it with reset_after = false: z, r = σ(x W + h U + b);
 * n = tanh(x W + (r h) U + b); h = z h + (1 − z) n, from h = 0. Gives the last h, [rows, units].
 */
export function gru(features: number, units: number): Layer {
  const width = 3 * units
  return {
    parameters: [
      { name: 'kernel', shape: [features, width], decays: true, initial: (rng) => uniformNumbers(rng, features * width, Math.sqrt(6 / (features + width))) },
      { name: 'recurrent', shape: [units, width], decays: true, initial: (rng) => uniformNumbers(rng, units * width, Math.sqrt(6 / (4 * units))) },
      { name: 'bias', shape: [width], decays: false, initial: () => new Float32Array(width) },
    ],
    forward(x, weights) {
      const [kernel, recurrent, bias] = weights as [Tensor, Tensor, Tensor]
      if (hasKernel('Gru')) {
        const [output, ...kept] = runKernels('Gru', { x, kernel, recurrent, bias }) as [Tensor, ...Tensor[]]
        return { output, kept }
      }
      return forward(x, kernel, recurrent, bias, units)
    },
    backward({ input: x, kept, weights, gradient }, wantsInput) {
      const [kernel, recurrent] = weights as [Tensor, Tensor]
      if (hasKernel('GruGradient')) {
        const [times, gates, h, resets] = kept as [Tensor, Tensor, Tensor, Tensor]
        const [byInput, ...own] = runKernels('GruGradient', { gradient, times, gates, h, resets, kernel, recurrent }, { wantsInput }) as [Tensor, Tensor, Tensor, Tensor]
        return { input: wantsInput ? byInput : undefined, weights: own }
      }
      return backward(x, kept, kernel, recurrent, gradient, units, wantsInput)
    },
  }
}

/** The recurrent matrix of the two gates, [units, 2 · units], and of what is new, [units, units]. */
function partsOf(recurrent: Tensor, units: number): [Tensor2D, Tensor2D] {
  return [slice(recurrent as Tensor2D, [0, 0], [units, 2 * units]), slice(recurrent as Tensor2D, [0, 2 * units], [units, units])]
}

function forward(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, units: number): ReturnType<Layer['forward']> {
  const kept: Tensor[] = []
  const [gates, fresh] = partsOf(recurrent, units)
  let h: Tensor = zeros([x.shape[0] ?? 0, units])
  for (const now of unstack(x, 1)) {
    const [xz, xr, xn] = split(add(matMul(now as Tensor2D, kernel as Tensor2D), bias), 3, 1) as unknown as readonly [Tensor, Tensor, Tensor]
    const [hz, hr] = split(matMul(h as Tensor2D, gates), 2, 1) as unknown as readonly [Tensor, Tensor]
    const [z, r] = [sigmoid(add(xz, hz)), sigmoid(add(xr, hr))]
    const reset: Tensor = mul(r, h)
    const n = tanh(add(xn, matMul(reset as Tensor2D, fresh)))
    kept.push(now, h, z, r, n, reset)
    h = add(mul(z, sub(h, n)), n)
  }
  return { output: h, kept }
}

const KEPT = 6 // tensors of a step: input, h before it, the gates z and r, the new state n, r h

function backward(x: Tensor, kept: readonly Tensor[], kernel: Tensor, recurrent: Tensor, gradient: Tensor, units: number, wantsInput: boolean): ReturnType<Layer['backward']> {
  const [gates, fresh] = partsOf(recurrent, units)
  let dh = gradient
  let sums: readonly [Tensor, Tensor, Tensor] | undefined
  const inputs: Tensor[] = []
  for (let from = kept.length - KEPT; from >= 0; from -= KEPT) {
    const [now, h, z, r, n, reset] = kept.slice(from, from + KEPT) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
    const dn = mul(mul(dh, sub(1, z)), sub(1, square(n)))
    const dReset = matMul(dn as Tensor2D, fresh, false, true)
    const dGates = concat([activationGradient('sigmoid', z, mul(dh, sub(h, n))), activationGradient('sigmoid', r, mul(dReset, h))], 1)
    const dz = concat([dGates, dn], 1)
    const byRecurrent = concat([matMul(h as Tensor2D, dGates as Tensor2D, true, false), matMul(reset as Tensor2D, dn as Tensor2D, true, false)], 1)
    const own = [matMul(now as Tensor2D, dz as Tensor2D, true, false), byRecurrent, sum(dz, 0)] as const
    sums = sums === undefined ? own : [add(sums[0], own[0]), add(sums[1], own[1]), add(sums[2], own[2])]
    if (wantsInput) inputs.unshift(matMul(dz as Tensor2D, kernel as Tensor2D, false, true))
    dh = add(add(mul(dh, z), mul(dReset, r)), matMul(dGates as Tensor2D, gates, false, true))
  }
  if (sums === undefined) throw new Error('A sequence without steps')
  return { input: wantsInput ? reshape(stack(inputs, 1), x.shape) : undefined, weights: sums }
}
