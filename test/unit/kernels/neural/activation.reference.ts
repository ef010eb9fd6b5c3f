import type { activationCodes } from '../../../../src/main/wasm/neural-kernels.ts'

/** Name of an activation. */
export type Activation = keyof typeof activationCodes

/** An activation in float64. */
export function referenceActivation(activation: Activation, x: number, alpha = 0): number {
  if (activation === 'relu') return Math.max(x, 0)
  if (activation === 'relu6') return Math.min(Math.max(x, 0), 6)
  if (activation === 'elu') return x < 0 ? Math.expm1(x) : x
  if (activation === 'sigmoid') return 1 / (1 + Math.exp(-x))
  if (activation === 'tanh') return Math.tanh(x)
  if (activation === 'leakyrelu') return x < 0 ? alpha * x : x
  if (activation === 'hardSigmoid') return Math.min(Math.max(0.2 * x + 0.5, 0), 1)
  return x
}
