/** Address in the kernels' memory, in bytes; 0 stands for "none" where a kernel allows it. */
export type Address = number

/** Codes of the activations, as the kernels take them: src/kernels/neural/activation.ts. */
export const activationCodes = { linear: 0, relu: 1, relu6: 2, elu: 3, sigmoid: 4, tanh: 5, leakyrelu: 6, hardSigmoid: 7 } as const

/** What every kernel of `src/kernels/neural.ts` takes; what they do is said there. */
export type NeuralKernels = {
  product: (
    a: Address, aRow: number, aColumn: number, b: Address, bRow: number, bColumn: number, c: Address, cRow: number, from: number, to: number,
    columns: number, depth: number, accumulate: 0 | 1, bias: Address, activation: number, alpha: number, scratch: Address,
  ) => void
  productScratch: () => number
  biasAndActivate: (x: Address, from: number, to: number, columns: number, bias: Address, activation: number, alpha: number) => void
  activationGradient: (y: Address, dy: Address, dx: Address, from: number, to: number, activation: number, alpha: number) => void
}

/** Name of a neural kernel. */
export type NeuralKernelName = keyof NeuralKernels

/** A call of a neural kernel, its arguments in their order. */
export type NeuralCall = { readonly [K in NeuralKernelName]: { readonly kernel: K; readonly args: Readonly<Parameters<NeuralKernels[K]>> } }[NeuralKernelName]

/** Every neural kernel; threads name a kernel by its place in this list. */
export const neuralKernelNames = ['product', 'productScratch', 'biasAndActivate', 'activationGradient'] as const satisfies readonly NeuralKernelName[]
