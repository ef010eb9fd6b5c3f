// Entry of the neural kernels: one export per kernel, over float32 data, row after row; images lie as [batch][height][width][channels].
//
// Every pointer is a byte address that the host hands in, scratch included. No kernel allocates, and the module has no data segment and
// no state of its own: it may be instantiated, once per thread, over a memory that belongs to someone else.
//
// Ranges `from` … `to`−1 let threads share the work of a kernel. Fused multiply-adds are used where the processor has them: results agree
// between machines to rounding, not bit for bit.
export { product, productScratch } from './neural/product'
export { biasAndActivate, activationGradient } from './neural/activation'
export { exponential, hyperbolicTangent, sigmoid, errorFunction } from './neural/elementwise'
export { adam, momentumDescent } from './neural/optimisers'
export { sum, sumOfSquares, rowSums, columnSums, addScaled } from './neural/sums'
export { softmax, softmaxGradient } from './neural/softmax'
export { softmaxCrossEntropy, softmaxCrossEntropyDense, sigmoidCrossEntropy } from './neural/cross-entropy'
export { layerNorm, layerNormGradient } from './neural/layer-norm'
export { batchMoments, inverseDeviations, batchNorm, batchNormSums, batchNormGradient } from './neural/batch-norm'
export { convolve, convolutionFilterGradient, convolutionInputGradient, convolutionScratch } from './neural/convolution'
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from './neural/depthwise'
export { maxPool, averagePool, maxPoolGradient, averagePoolGradient } from './neural/pooling'
export { lstm, lstmGradient, lstmScratch } from './neural/lstm'
export { gru, gruGradient, gruScratch } from './neural/gru'
export { dropout } from './neural/dropout'
export { swapAxes } from './neural/swap-axes'
export { copyRows } from './neural/copy-rows'
export { gatherRows, sumBySegments } from './neural/embedding'
