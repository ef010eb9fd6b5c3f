// Entry of the tree kernels: histogram gradient boosting in WebAssembly (AssemblyScript), one export per kernel.
//
// No kernel allocates: every pointer comes from the host. The module has no data segment, because every instance (one per
// thread) would write it again into the shared memory. All state that kernels share lies where the host put it.
//
// Layouts
//   columns   bins column after column, one byte per cell: cell (i, f) at columns + f * stride + i. Bin 0 is "missing or unknown",
//             bins 1 … 255 are values in ascending order (numeric) or categories (categorical).
//   rows      the same bins row after row, in bundles of 16 features: cell (i, f) at rows + (f >> 4) * bundleStride + i * 16 + (f & 15).
//   gh        one i64 per row: gradient (fixed point, signed) in the high half, hessian (fixed point, unsigned) in the low half.
//   histogram 256 cells of that kind per feature (2,048 bytes), features padded to whole bundles (32,768 bytes each).
//   index     u32 row numbers; the rows of a tree node lie together in it, in ascending order.
//
// Sums are integers and do not depend on order: any number of threads gives the same bits.
export { histogram, subtractCells, addCells } from './histogram'
export { findSplit } from './split'
export { initialise, partition, partitionSet, fillAscending, move } from './partition'
export { logisticGradient, squaredGradient, softmax, classGradient, addToRows } from './gradient'
export { sortFloats, binColumns, interleave } from './binning'
export { gatherBytes, gatherWords, gatherRows } from './reorder'
export { score } from './score'
export { denseScores, denseSums, sparseScores, sparseSums, standardise, addGram, gramOfBlocks } from './linear'
export { startTree, growForestTree } from './forest'
export { scoreForest } from './forest-score'
export { slopeGradient, tweedieGradient, weighGradients } from './gradient-numbers'
export { findMonotoneSplit } from './monotone'
export { columnSums } from './column-sums'
export { logisticLoss, softmaxLoss } from './linear-loss'
export { nearest } from './nearest'
