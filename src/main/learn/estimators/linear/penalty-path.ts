import type { Rng } from '../../../base/rng.ts'
import type { Design } from './design.ts'
import { createFolds, FEWEST_ROWS, sumOf, type Fold } from './folds.ts'
import { minimise, type Minimum, type Search } from './minimise.ts'
import { minimiseByNewton } from './newton.ts'
import { parameterCount, type Objective } from './objective.ts'
import { createPreconditioner, type Curvature } from './preconditioner.ts'
import type { Problem } from './problem.ts'
import { productsOf } from './products.ts'

/** Penalties tried, strongest first: each fit starts where the one before ended. */
const PENALTIES: readonly number[] = [300, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01]
/** Likewise for sparse blocks, whose cells are small. */
const BLOCK_PENALTIES: readonly number[] = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
const FOLDS = 5
const BLOCK_FOLDS = 3

/** Coarser than the final fit: a loss to four digits is enough to choose by. */
const TOLERANCE = 1e-3
/** Where columns are many and rare each has little to say by itself, and a fit that stops early looks as if weaker penalties were as good. */
const WIDE_TOLERANCE = 3e-5
/** A loss this many times the best so far ends the path: weaker penalties take longest and would only be worse. */
const WORSE = 1.02

/** Rows to learn from and what to minimise over them. */
export type Task = {
  readonly design: Design
  readonly problem: Problem
  /** Per row. */
  readonly weights: Float64Array
  readonly curvature: Curvature
  /** True where the matrix has a sparse block. */
  readonly block: boolean
  /** The design as a fit on rows of these weights sees it: its factors may be learnt from them. */
  seenWith(weights: Float64Array): Design
}

export type Work = { readonly rng: Rng; throwIfAborted(): void }

/** The objective for rows of some weights; its working space lies in the kernels' memory. */
export function objectiveOf({ problem, seenWith }: Task, weights: Float64Array, penalty: number): Objective {
  const design = seenWith(weights)
  return { design, products: productsOf(design), loss: problem.loss, weights, weight: sumOf(weights), penalty }
}

/** The minimum from a start: by L-BFGS where the covariance of the columns is known, else by Newton's method. */
export function searchFrom(objective: Objective, start: Float64Array, curvature: Curvature, search: Search): Minimum {
  return (curvature.covariance === undefined ? minimiseByNewton : minimise)(objective, start, createPreconditioner(objective, curvature), search)
}

/** Parameters of a model that knows the target's distribution only. */
export function startOf(objective: Objective): Float64Array {
  const parameters = new Float64Array(parameterCount(objective))
  const width = objective.design.width + 1
  objective.loss.start.forEach((intercept, k) => {
    parameters[k * width + width - 1] = intercept
  })
  return parameters
}

/** Mean loss on held-out rows for each penalty; stops where weaker penalties only get worse. */
function heldOutLosses(task: Task, folds: readonly Fold[], penalties: readonly number[], work: Work): number[] {
  const losses: number[] = []
  const objectives = folds.map(({ kept }) => objectiveOf(task, kept, 0))
  const scratch = new Float64Array(task.problem.loss.outputs * task.design.rows)
  let starts: readonly Float64Array[] = objectives.map(startOf)
  for (const penalty of penalties) {
    let total = 0
    starts = objectives.map((template, fold) => {
      const objective = { ...template, penalty }
      const search = { tolerance: task.block ? WIDE_TOLERANCE : TOLERANCE, iterations: 100, throwIfAborted: () => work.throwIfAborted() }
      const found = searchFrom(objective, starts[fold] as Float64Array, task.curvature, search)
      total += objective.loss.total(found.scores, (folds[fold] as Fold).held, scratch)
      return found.parameters
    })
    losses.push(total / sumOf(task.weights))
    const best = losses.indexOf(Math.min(...losses))
    if (losses.length - best > 2 || (losses.at(-1) as number) > WORSE * (losses[best] as number)) break
  }
  return losses
}

/** The penalty with the least loss on held-out rows: those of `judged`, or seeded cross-validation, repeated where there are few rows. */
export function choosePenalty(task: Task, work: Work, judged?: Fold): number {
  const { design, weights, problem } = task
  if (design.rows < FEWEST_ROWS || design.width === 0) return 1
  const penalties = task.block ? BLOCK_PENALTIES : PENALTIES
  const repeats = judged === undefined && design.rows < 300 ? 4 : 1
  const totals = penalties.map(() => 0)
  for (let repeat = 0; repeat < repeats; repeat++) {
    const mark = design.pool.arena.mark()
    const folds = judged === undefined ? createFolds(weights, problem.strata, task.block ? BLOCK_FOLDS : FOLDS, work.rng.fork(`penalty ${repeat}`)) : [judged]
    const losses = heldOutLosses(task, folds, penalties, work)
    design.pool.arena.release(mark)
    totals.forEach((total, at) => {
      totals[at] = total + (losses[at] ?? Infinity)
    })
  }
  return penalties[totals.indexOf(Math.min(...totals))] as number
}
