import { cholesky, solveCholesky } from './cholesky.ts'
import type { Design } from './design.ts'
import { covariance } from './gram.ts'
import type { Objective } from './objective.ts'

/** Columns above which the curvature is taken as diagonal: a full factor would cost more than it saves. */
const MOST_COLUMNS = 1000

/** What is known of a design's curvature: the covariance of its columns without factors, or only their variances where it is wide. */
export type Curvature = { readonly covariance: Float64Array | undefined }

/** Curvature of a design, computed once and shared by every fit on it. */
export function curvatureOf(design: Design, throwIfAborted: () => void): Curvature {
  return { covariance: design.width > MOST_COLUMNS ? undefined : covariance(design, throwIfAborted) }
}

/**
 * Multiplies a gradient, in place, by the inverse of the objective's approximate Hessian
 * c · covariance + (penalty / weight) · I for every output; nearly exact for the squared loss.
 */
export function createPreconditioner(objective: Objective, curvature: Curvature): (gradient: Float64Array) => void {
  const { design, loss } = objective
  const p = design.width
  const ridge = objective.penalty / objective.weight
  const { factors } = design
  const scaled = factors && curvature.covariance?.map((value, at) => value * (factors[Math.floor(at / p)] as number) * (factors[at % p] as number))
  const factor = curvature.covariance && cholesky(scaled ?? curvature.covariance, p, loss.curvature, ridge)
  return (gradient) => {
    for (let k = 0; k < loss.outputs; k++) {
      const own = gradient.subarray(k * (p + 1), k * (p + 1) + p)
      if (factor !== undefined) solveCholesky(factor, p, own)
      else {
        for (let j = 0; j < p; j++) {
          const diagonal = loss.curvature * (design.deviations[j] as number) ** 2 + ridge
          own[j] = diagonal > 0 ? (own[j] as number) / diagonal : 0
        }
      }
      gradient[k * (p + 1) + p] = (gradient[k * (p + 1) + p] as number) / loss.curvature
    }
  }
}
