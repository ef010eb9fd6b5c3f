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

function curvePlain({ curvatures }: Pick<Loss, 'curvatures'>, scores: Float64Array, weights: Float64Array, move: Float64Array, out: Float64Array): void {
  curvatures(scores, weights, 0, out)
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * (move[i] as number)
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
      curvePlain(this, scores, weights, move, out)
    },
  }
}

/** log(1 + e^score) − y·score with y 0 or 1: logistic regression. */
export function logisticLoss(codes: Int32Array): Loss {
  let positives = 0
  for (const code of codes) positives += code
  const share = Math.min(Math.max(positives / codes.length, 1e-6), 1 - 1e-6)
  return {
    outputs: 1,
    curvature: share * (1 - share),
    start: Float64Array.of(Math.log(share / (1 - share))),
    total(scores, weights, residual) {
      let sum = 0
      for (let i = 0; i < codes.length; i++) {
        const score = scores[i] as number
        const y = codes[i] as number
        const e = Math.exp(-Math.abs(score)) // never overflows
        const probability = score >= 0 ? 1 / (1 + e) : e / (1 + e)
        residual[i] = (probability - y) * (weights[i] as number)
        sum += (weights[i] as number) * (Math.log(1 + e) + Math.max(score, 0) - y * score)
      }
      return sum
    },
    curvatures(scores, weights, _output, out) {
      for (let i = 0; i < codes.length; i++) {
        const e = Math.exp(-Math.abs(scores[i] as number))
        out[i] = ((weights[i] as number) * e) / (1 + e) ** 2
      }
    },
    curve(scores, weights, move, out) {
      curvePlain(this, scores, weights, move, out)
    },
  }
}

/** log Σ_k e^score_k − score_y: multinomial logistic regression. Every class has at least one row. */
export function softmaxLoss(codes: Int32Array, classes: number): Loss {
  const n = codes.length
  const shares = new Float64Array(classes)
  for (const code of codes) shares[code] = (shares[code] as number) + 1 / n
  return {
    outputs: classes,
    curvature: shares.reduce((sum, share) => sum + share * (1 - share), 0) / classes,
    start: shares.map((share) => Math.log(Math.max(share, 1e-6))),
    total(scores, weights, residual) {
      let sum = 0
      for (let i = 0; i < n; i++) {
        let top = -Infinity
        for (let k = 0; k < classes; k++) top = Math.max(top, scores[k * n + i] as number)
        let norm = 0
        for (let k = 0; k < classes; k++) {
          const e = Math.exp((scores[k * n + i] as number) - top)
          residual[k * n + i] = e
          norm += e
        }
        const weight = weights[i] as number
        for (let k = 0; k < classes; k++) residual[k * n + i] = ((residual[k * n + i] as number) / norm) * weight
        const own = (codes[i] as number) * n + i
        residual[own] = (residual[own] as number) - weight
        sum += weight * (Math.log(norm) + top - (scores[own] as number))
      }
      return sum
    },
    curvatures(scores, weights, output, out) {
      for (let i = 0; i < n; i++) {
        const own = scores[output * n + i] as number
        let others = 0 // Σ e^(score_k − own) over the other classes; infinite: p is 0
        for (let k = 0; k < classes; k++) if (k !== output) others += Math.exp((scores[k * n + i] as number) - own)
        out[i] = others === Infinity ? 0 : ((weights[i] as number) * others) / (1 + others) / (1 + others)
      }
    },
    curve(scores, weights, move, out) {
      for (let i = 0; i < n; i++) {
        let top = -Infinity
        for (let k = 0; k < classes; k++) top = Math.max(top, scores[k * n + i] as number)
        let norm = 0
        let mean = 0
        for (let k = 0; k < classes; k++) {
          const e = Math.exp((scores[k * n + i] as number) - top)
          out[k * n + i] = e
          norm += e
          mean += e * (move[k * n + i] as number)
        }
        mean /= norm
        for (let k = 0; k < classes; k++) out[k * n + i] = ((weights[i] as number) * (out[k * n + i] as number) * ((move[k * n + i] as number) - mean)) / norm
      }
    },
  }
}
