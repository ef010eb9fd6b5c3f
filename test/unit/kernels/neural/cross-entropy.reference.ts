/** Softmax of a row in float64. */
export function referenceSoftmax(scores: ArrayLike<number>): Float64Array {
  const top = Math.max(...Array.from(scores))
  const powers = Float64Array.from(scores, (score) => Math.exp(score - top))
  const norm = powers.reduce((sum, value) => sum + value, 0)
  return powers.map((value) => value / norm)
}

/** Σ_k target_k (log Σ_j e^score_j − score_k) of a row. */
export function referenceCrossEntropy(scores: ArrayLike<number>, targets: ArrayLike<number>): number {
  const top = Math.max(...Array.from(scores))
  const log = top + Math.log(Array.from(scores).reduce((sum, score) => sum + Math.exp(score - top), 0))
  return Array.from(targets).reduce((sum, target, k) => sum + (target === 0 ? 0 : target * (log - (scores[k] ?? 0))), 0)
}

/** −target log p − (1 − target) log(1 − p) with p = 1 / (1 + e^−score). */
export function referenceSigmoidCrossEntropy(score: number, target: number): number {
  return Math.max(score, 0) - score * target + Math.log1p(Math.exp(-Math.abs(score)))
}
