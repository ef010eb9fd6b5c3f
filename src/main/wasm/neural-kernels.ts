/** Address in the kernels' memory, in bytes; 0 stands for "none" where a kernel allows it. */
export type Address = number

/** Codes of the activations, as the kernels take them: src/kernels/neural/activation.ts. */
export const activationCodes = { linear: 0, relu: 1, relu6: 2, elu: 3, sigmoid: 4, tanh: 5, leakyrelu: 6, hardSigmoid: 7 } as const

/** A flag, as the kernels take it. */
export type Flag = 0 | 1

type Elementwise = (x: Address, y: Address, from: number, to: number) => void

type LayerKernels = {
  product: (
    a: Address, aRow: number, aColumn: number, b: Address, bRow: number, bColumn: number, c: Address, cRow: number, from: number, to: number,
    columns: number, depth: number, accumulate: Flag, bias: Address, activation: number, alpha: number, scratch: Address,
  ) => void
  productScratch: () => number
  biasAndActivate: (x: Address, from: number, to: number, columns: number, bias: Address, activation: number, alpha: number) => void
  activationGradient: (y: Address, dy: Address, dx: Address, from: number, to: number, activation: number, alpha: number) => void
  dropout: (x: Address, y: Address, from: number, to: number, seed: number, least: number, factor: number) => void
  exponential: Elementwise
  hyperbolicTangent: Elementwise
  sigmoid: Elementwise
  errorFunction: Elementwise
}

type OptimiserKernels = {
  adam: (
    parameter: Address, gradient: Address, first: Address, second: Address, from: number, to: number,
    rate: number, beta1: number, beta2: number, epsilon: number, correction1: number, correction2: number, decay: number, scale: number,
  ) => void
  momentumDescent: (
    parameter: Address, gradient: Address, accumulator: Address, from: number, to: number, rate: number, momentum: number, nesterov: Flag, decay: number, scale: number,
  ) => void
}

type SumKernels = {
  sum: (x: Address, from: number, to: number) => number
  sumOfSquares: (x: Address, from: number, to: number) => number
  rowSums: (x: Address, from: number, to: number, columns: number, out: Address) => void
  columnSums: (x: Address, rows: number, columns: number, from: number, to: number, accumulate: Flag, out: Address) => void
  addScaled: (target: Address, source: Address, from: number, to: number, factor: number) => void
}

type LossKernels = {
  softmax: (x: Address, from: number, to: number, classes: number, y: Address) => void
  softmaxGradient: (y: Address, dy: Address, from: number, to: number, classes: number, dx: Address) => void
  softmaxCrossEntropy: (
    scores: Address, labels: Address, weights: Address, from: number, to: number, classes: number, losses: Address, gradient: Address, aside: Address,
  ) => void
  softmaxCrossEntropyDense: (
    scores: Address, targets: Address, weights: Address, from: number, to: number, classes: number, losses: Address, gradient: Address, aside: Address,
  ) => void
  sigmoidCrossEntropy: (scores: Address, targets: Address, weights: Address, from: number, to: number, losses: Address, gradient: Address) => void
}

type NormKernels = {
  layerNorm: (
    x: Address, from: number, to: number, columns: number, gamma: Address, beta: Address, epsilon: number, y: Address, means: Address, inverses: Address,
  ) => void
  layerNormGradient: (
    x: Address, dy: Address, from: number, to: number, columns: number, gamma: Address, means: Address, inverses: Address,
    dx: Address, gammaGradient: Address, betaGradient: Address,
  ) => void
  batchMoments: (x: Address, rows: number, columns: number, from: number, to: number, means: Address, variances: Address) => void
  inverseDeviations: (variances: Address, epsilon: number, from: number, to: number, out: Address) => void
  batchNorm: (x: Address, from: number, to: number, columns: number, means: Address, inverses: Address, gamma: Address, beta: Address, y: Address) => void
  batchNormSums: (
    x: Address, dy: Address, rows: number, columns: number, from: number, to: number, means: Address, inverses: Address, gammaGradient: Address, betaGradient: Address,
  ) => void
  batchNormGradient: (
    x: Address, dy: Address, rows: number, columns: number, from: number, to: number, means: Address, inverses: Address, gamma: Address,
    gammaGradient: Address, betaGradient: Address, dx: Address,
  ) => void
}

type ImageKernels = {
  convolve: (
    window: Address, x: Address, filter: Address, y: Address, from: number, to: number, bias: Address, activation: number, alpha: number, scratch: Address,
  ) => void
  convolutionFilterGradient: (window: Address, x: Address, dy: Address, filterGradient: Address, from: number, to: number, scratch: Address) => void
  convolutionInputGradient: (window: Address, dy: Address, filter: Address, dx: Address, from: number, to: number, scratch: Address) => void
  convolutionScratch: (window: Address) => number
  depthwise: (window: Address, x: Address, filter: Address, y: Address, from: number, to: number, bias: Address, activation: number, alpha: number) => void
  depthwiseFilterGradient: (window: Address, x: Address, dy: Address, filterGradient: Address, from: number, to: number) => void
  depthwiseInputGradient: (window: Address, dy: Address, filter: Address, dx: Address, from: number, to: number) => void
  maxPool: (window: Address, x: Address, y: Address, from: number, to: number) => void
  averagePool: (window: Address, x: Address, y: Address, from: number, to: number, whole: Flag) => void
  maxPoolGradient: (window: Address, x: Address, dy: Address, dx: Address, from: number, to: number) => void
  averagePoolGradient: (window: Address, dy: Address, dx: Address, from: number, to: number, whole: Flag) => void
}

type SequenceKernels = {
  lstm: (
    gates: Address, recurrent: Address, h: Address, c: Address, batch: number, from: number, to: number, steps: number, units: number, hard: Flag, scratch: Address,
  ) => void
  lstmGradient: (
    gates: Address, recurrent: Address, c: Address, dh: Address, dhState: Address, dcState: Address,
    batch: number, from: number, to: number, steps: number, units: number, hard: Flag, scratch: Address,
  ) => void
  lstmScratch: (units: number) => number
  gru: (
    gates: Address, recurrent: Address, h: Address, resets: Address, batch: number, from: number, to: number, steps: number, units: number, hard: Flag, scratch: Address,
  ) => void
  gruGradient: (
    gates: Address, recurrent: Address, h: Address, dh: Address, dhState: Address, aside: Address,
    batch: number, from: number, to: number, steps: number, units: number, hard: Flag, scratch: Address,
  ) => void
  gruScratch: (units: number) => number
  swapAxes: (x: Address, first: number, second: number, width: number, from: number, to: number, out: Address) => void
  copyRows: (source: Address, sourceRow: number, target: Address, targetRow: number, from: number, to: number, width: number) => void
  gatherRows: (table: Address, rows: number, width: number, indices: Address, from: number, to: number, out: Address) => void
  sumBySegments: (values: Address, width: number, indices: Address, count: number, from: number, to: number, out: Address) => void
}

/** What every kernel of `src/kernels/neural.ts` takes; what they do is said there. */
export type NeuralKernels = LayerKernels & OptimiserKernels & SumKernels & LossKernels & NormKernels & ImageKernels & SequenceKernels

/** Name of a neural kernel. */
export type NeuralKernelName = keyof NeuralKernels

/** A call of a neural kernel, its arguments in their order. */
export type NeuralCall = { readonly [K in NeuralKernelName]: { readonly kernel: K; readonly args: Readonly<Parameters<NeuralKernels[K]>> } }[NeuralKernelName]

/** Every neural kernel; threads name a kernel by its place in this list. */
export const neuralKernelNames = [
  ...['product', 'productScratch', 'biasAndActivate', 'activationGradient', 'dropout', 'exponential', 'hyperbolicTangent', 'sigmoid', 'errorFunction'],
  ...['adam', 'momentumDescent', 'sum', 'sumOfSquares', 'rowSums', 'columnSums', 'addScaled'],
  ...['softmax', 'softmaxGradient', 'softmaxCrossEntropy', 'softmaxCrossEntropyDense', 'sigmoidCrossEntropy'],
  ...['layerNorm', 'layerNormGradient', 'batchMoments', 'inverseDeviations', 'batchNorm', 'batchNormSums', 'batchNormGradient'],
  ...['convolve', 'convolutionFilterGradient', 'convolutionInputGradient', 'convolutionScratch', 'depthwise', 'depthwiseFilterGradient', 'depthwiseInputGradient'],
  ...['maxPool', 'averagePool', 'maxPoolGradient', 'averagePoolGradient'],
  ...['lstm', 'lstmGradient', 'lstmScratch', 'gru', 'gruGradient', 'gruScratch', 'swapAxes', 'copyRows', 'gatherRows', 'sumBySegments'],
] as const satisfies readonly NeuralKernelName[]
