import type { Design } from './design.ts'

/** Added to each column's sum per class, in the units of its cells: a word that a class lacks is rare there, not impossible. */
const SMOOTHING = 0.1
/** Share of the mean size of the ratios in each factor, so that a column without a class of its own still counts a little. */
const EVENNESS = 0.1

/**
 * Factors of a design's columns for two classes: 1 for those before `from`; for the words of a sparse block behind it the log ratio of
 * their shares in class 1 and class 0, so that the penalty spares words that tell the classes apart (Wang and Manning, Baselines
 * and Bigrams, 2012). `weights` are per row; rows of weight 0 take no part. A column stands for `counts` equal ones.
 */
export function logCountRatios({ width, sparse, starts, entryRows, entryValues }: Design, from: number, codes: Int32Array, weights: Float64Array, counts?: Float64Array): Float64Array {
  const sums = [new Float64Array(width), new Float64Array(width)] as const
  const [negative, positive] = sums
  sparse.forEach((j, s) => {
    if (j < from) return
    for (let at = starts[s] as number; at < (starts[s + 1] as number); at++) {
      const row = entryRows[at] as number
      const sum = codes[row] === 1 ? positive : negative
      sum[j] = (sum[j] as number) + (weights[row] as number) * Math.abs(entryValues[at] as number)
    }
  })
  const times = (j: number): number => counts?.[j] ?? 1
  let words = 0
  for (let j = from; j < width; j++) words += times(j)
  const [n, p] = sums.map((sum) => sum.subarray(from).reduce((total, value, k) => total + times(from + k) * (value + SMOOTHING), 0)) as [number, number]
  const ratios = positive.map((value, j) => (j < from ? 1 : Math.log((value + SMOOTHING) / p) - Math.log(((negative[j] as number) + SMOOTHING) / n)))
  const size = ratios.subarray(from).reduce((total, ratio, k) => total + times(from + k) * Math.abs(ratio), 0) / Math.max(1, words)
  return ratios.map((ratio, j) => (j < from ? 1 : (1 - EVENNESS) * ratio + EVENNESS * size))
}
