/** Every kernel of `src/kernels/boosting.ts`; threads name a kernel by its place in this list. */
export const kernelNames = [
  'histogram',
  'subtractCells',
  'addCells',
  'findSplit',
  'initialise',
  'partition',
  'partitionSet',
  'fillAscending',
  'move',
  'logisticGradient',
  'squaredGradient',
  'softmax',
  'classGradient',
  'addToRows',
  'sortFloats',
  'binColumns',
  'interleave',
  'gatherBytes',
  'gatherWords',
  'gatherRows',
  'score',
  'denseScores',
  'denseSums',
  'sparseScores',
  'sparseSums',
  'standardise',
  'addGram',
] as const

/** Name of a kernel. */
export type KernelName = (typeof kernelNames)[number]
