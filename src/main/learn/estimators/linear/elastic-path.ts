import { minimiseElastic, type ElasticSearch } from './elastic-net.ts'
import { createFolds, FEWEST_ROWS, sumOf, type Fold } from './folds.ts'
import type { Minimum } from './minimise.ts'
import { scoresOf, type Objective } from './objective.ts'
import { objectiveOf, startOf, type Task, type Work } from './penalty-path.ts'

/** Penalties of a path: from the one that leaves no column in use, down by this factor each. */
const FACTOR = 10 ** -0.125
const LENGTH = 25
const FOLDS = 5
/** Coarser than the final fit: a loss to four digits is enough to choose by. */
const TOLERANCE = 1e-3
/** A loss this many times the best so far ends the path. */
const WORSE = 1.02
/** So strong that only intercepts are left. */
const OVERWHELMING = 1e200

/** Parameters without any column in use, and the least penalty that has them. */
function nullModel(objective: Objective, l1Ratio: number, search: ElasticSearch): { readonly parameters: Float64Array; readonly penalty: number } {
  const { design, loss, products } = objective
  const { parameters } = minimiseElastic({ ...objective, penalty: OVERWHELMING }, 1, startOf(objective), search)
  const residual = new Float64Array(loss.outputs * design.rows)
  loss.total(scoresOf(objective, parameters), objective.weights, residual)
  const gradient = new Float64Array(design.width)
  let largest = 0
  for (let k = 0; k < loss.outputs; k++) {
    products.multiplyTransposed(residual.subarray(k * design.rows, (k + 1) * design.rows), gradient)
    largest = gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), largest)
  }
  return { parameters, penalty: largest / Math.max(l1Ratio, 1e-3) }
}

/** Fits at the objective's penalty, along a short path of stronger ones: each fit starts where the one before ended. */
export function fitElasticNet(objective: Objective, l1Ratio: number, search: ElasticSearch): Minimum {
  const coarse = { ...search, tolerance: Math.max(TOLERANCE, search.tolerance), iterations: 20 }
  const empty = nullModel(objective, l1Ratio, coarse)
  let { parameters } = empty
  for (let penalty = empty.penalty * FACTOR ** 2, k = 0; penalty > objective.penalty && k < LENGTH; penalty *= FACTOR ** 2, k++) {
    parameters = minimiseElastic({ ...objective, penalty }, l1Ratio, parameters, coarse).parameters
  }
  return minimiseElastic(objective, l1Ratio, parameters, search)
}

function usedColumns(parameters: Float64Array, width: number): number {
  return parameters.reduce((used, value, at) => used + (value !== 0 && at % (width + 1) !== width ? 1 : 0), 0)
}

/** The penalty of a path with the least loss on held-out rows: those of `judged`, or seeded five-fold cross-validation. */
export function chooseElasticPenalty(task: Task, l1Ratio: number, work: Work, judged?: Fold): number {
  const { design, problem, weights } = task
  if (design.rows < FEWEST_ROWS || design.width === 0) return 1
  const search = { tolerance: TOLERANCE, iterations: 50, throwIfAborted: () => work.throwIfAborted() }
  const mark = design.pool.arena.mark()
  const folds = judged === undefined ? createFolds(weights, problem.strata, FOLDS, work.rng.fork('elastic penalty')) : [judged]
  const { penalty: strongest } = nullModel(objectiveOf(task, weights, 1), l1Ratio, search)
  const objectives = folds.map(({ kept }) => objectiveOf(task, kept, 1))
  const scratch = new Float64Array(problem.loss.outputs * design.rows)
  let starts = objectives.map((objective) => nullModel(objective, l1Ratio, search).parameters)
  const losses: number[] = []
  for (let k = 0; k < LENGTH; k++) {
    let total = 0
    starts = objectives.map((objective, fold) => {
      const found = minimiseElastic({ ...objective, penalty: strongest * FACTOR ** k }, l1Ratio, starts[fold] as Float64Array, search)
      total += problem.loss.total(found.scores, folds[fold]?.held ?? weights, scratch)
      return found.parameters
    })
    losses.push(total / sumOf(weights))
    const best = losses.indexOf(Math.min(...losses))
    const full = starts.some((parameters) => usedColumns(parameters, design.width) > design.rows)
    if (full || losses.length - best > 4 || (losses.at(-1) as number) > WORSE * (losses[best] as number)) break
  }
  design.pool.arena.release(mark)
  const chosen = strongest * FACTOR ** losses.indexOf(Math.min(...losses))
  return chosen > 0 ? chosen : 1
}
