import type { Rng } from '../../../base/rng.ts'
import type { Design } from './design.ts'
import type { Loss } from './loss.ts'
import { minimise } from './minimise.ts'
import { parameterCount, type Objective } from './objective.ts'
import { createPreconditioner, type Curvature } from './preconditioner.ts'

/** Penalties tried, strongest first: each fit starts where the one before ended. */
export const PENALTIES: readonly number[] = [300, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01]

/** Rows below which folds say too little: the penalty is 1. */
const FEWEST_ROWS = 10
const FOLDS = 5
/** Coarser than the final fit: a loss to four digits is enough to choose by. */
const TOLERANCE = 1e-3

/** A loss this many times the best so far ends the path: weaker penalties take longest and would only be worse. */
const WORSE = 1.02

type Work = { readonly rng: Rng; throwIfAborted(): void }

/** Fold of each row, classes spread evenly where `strata` are given. */
function foldsOf(rows: number, strata: Int32Array | undefined, rng: Rng): Uint8Array {
  const order = rng.shuffle(Int32Array.from({ length: rows }, (_, i) => i))
  if (strata !== undefined) order.sort((a, b) => (strata[a] as number) - (strata[b] as number)) // stable: shuffled within a class
  const folds = new Uint8Array(rows)
  order.forEach((row, at) => {
    folds[row] = at % FOLDS
  })
  return folds
}

/** Mean loss on held-out rows for each penalty; stops where weaker penalties only get worse. */
function heldOutLosses(design: Design, loss: Loss, curvature: Curvature, folds: Uint8Array, work: Work): number[] {
  const losses: number[] = []
  const weights = Array.from({ length: FOLDS }, (_, fold) => ({
    kept: Float64Array.from(folds, (of) => (of === fold ? 0 : 1)),
    held: Float64Array.from(folds, (of) => (of === fold ? 1 : 0)),
  }))
  const scratch = new Float64Array(loss.outputs * design.rows)
  let starts: readonly Float64Array[] = []
  for (const penalty of PENALTIES) {
    let total = 0
    const ends: Float64Array[] = []
    for (const [fold, { kept, held }] of weights.entries()) {
      const objective: Objective = { design, loss, weights: kept, weight: kept.reduce((a, b) => a + b, 0), penalty }
      const start = starts[fold] ?? startOf(objective)
      const found = minimise(objective, start, createPreconditioner(objective, curvature), { tolerance: TOLERANCE, iterations: 100, ...work })
      total += loss.total(found.scores, held, scratch)
      ends.push(found.parameters)
    }
    starts = ends
    losses.push(total / design.rows)
    const best = losses.indexOf(Math.min(...losses))
    if (losses.length - best > 2 || (losses.at(-1) as number) > WORSE * (losses[best] as number)) break
  }
  return losses
}

/** Parameters of a model that knows the target's distribution only. */
export function startOf(objective: Objective): Float64Array {
  const parameters = new Float64Array(parameterCount(objective))
  const width = objective.design.columns.length + 1
  objective.loss.start.forEach((intercept, k) => {
    parameters[k * width + width - 1] = intercept
  })
  return parameters
}

/** The penalty with the least loss on held-out rows: seeded five-fold cross-validation, repeated where there are few rows. */
export function choosePenalty(design: Design, loss: Loss, strata: Int32Array | undefined, curvature: Curvature, work: Work): number {
  if (design.rows < FEWEST_ROWS || design.columns.length === 0) return 1
  const repeats = design.rows < 300 ? 4 : 1
  const totals = PENALTIES.map(() => 0)
  for (let repeat = 0; repeat < repeats; repeat++) {
    const folds = foldsOf(design.rows, strata, work.rng.fork(`penalty ${repeat}`))
    const losses = heldOutLosses(design, loss, curvature, folds, work)
    totals.forEach((total, at) => {
      totals[at] = total + (losses[at] ?? Infinity)
    })
  }
  return PENALTIES[totals.indexOf(Math.min(...totals))] as number
}
