/** A convex loss of `outputs` linear scores per row; scores and residuals are stored score after score (outputs × rows). */
export type Loss = {
  readonly outputs: number
  /** Mean over rows of the loss's second derivative at the start, the size of a typical curvature. */
  readonly curvature: number
  /** Where the intercepts start. */
  readonly start: Float64Array
  /**
   * Σ weight_i · loss_i for the scores, weights 0 or more; writes weight_i · ∂loss_i/∂score into `residual`.
   * With a weight of 0 a row takes no part.
   */
  total(scores: Float64Array, weights: Float64Array, residual: Float64Array): number
  /** weight_i · ∂²loss_i/∂score² by the scores of one output, into `out` (rows). */
  curvatures(scores: Float64Array, weights: Float64Array, output: number, out: Float64Array): void
  /** Hessian by the scores times `move`, row by row, weighted: how the residual changes with the scores; all outputs × rows. */
  curve(scores: Float64Array, weights: Float64Array, move: Float64Array, out: Float64Array): void
}

/** ½ (score − value)². */
export function squaredLoss(values: Float64Array): Loss {
  return {
    outputs: 1,
    curvature: 1,
    start: new Float64Array(1),
    total(scores, weights, residual) {
      let sum = 0
      for (let i = 0; i < values.length; i++) {
        const error = (scores[i] as number) - (values[i] as number)
        residual[i] = error * (weights[i] as number)
        sum += 0.5 * error * (residual[i] as number)
      }
      return sum
    },
    curvatures(_scores, weights, _output, out) {
      out.set(weights)
    },
    curve(scores, weights, move, out) {
      this.curvatures(scores, weights, 0, out)
      for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * (move[i] as number)
    },
  }
}
