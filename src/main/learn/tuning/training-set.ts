import type { Goal } from '#shared/domain/task.ts'
import { createRng, type Rng } from '../../base/rng.ts'
import type { Examples } from '../../table/append-rows.ts'
import { denseColumns, type Matrix, type Target } from '../../table/matrix.ts'
import { selectRows, type Table } from '../../table/table.ts'
import type { Accepts } from '../estimator.ts'
import { applyRecipe } from '../recipe/apply.ts'
import { expandRecipe } from '../recipe/expand.ts'
import { fitRecipe, type FittedToRows } from '../recipe/fit.ts'
import type { RecipeSpec } from '../recipe/recipe.ts'
import { selectArrangement, type Arrangement } from './arrangement.ts'

/** Training rows in memory: every column that any candidate's recipe reads, and the target, row for row. */
export type TrainingSet = {
  readonly goal: Goal
  readonly spec: RecipeSpec
  readonly table: Table
  readonly target: Target
  /** What holds rows together in folds, where the data was split by it. */
  readonly arrangement?: Arrangement
  /** Rows set aside to judge by, in place of folds; never learnt from. */
  readonly validation?: { readonly table: Table; readonly target: Target }
}

/** Rows `index` of a target, in that order; the classes are kept as they are. */
export function selectTarget(target: Target, index: Int32Array): Target {
  if (target.kind === 'numbers') return { kind: 'numbers', values: Float64Array.from(index, (row) => target.values[row] as number) }
  return { ...target, codes: index.map((row) => target.codes[row] as number) }
}

/** Rows `index` of a training set, in that order. */
export function selectTraining(set: TrainingSet, index: Int32Array): TrainingSet {
  const { arrangement } = set
  const selected = { ...set, table: selectRows(set.table, index), target: selectTarget(set.target, index) }
  return arrangement === undefined ? selected : { ...selected, arrangement: selectArrangement(arrangement, index) }
}

/**
 * A recipe fitted on the rows of `set` for what an estimator accepts, and the matrix to train it with. That matrix is not always what
 * `applyRecipe` gives for the same rows: transforms that look at the target keep each row's own out of what it gets.
 */
export function prepare(set: TrainingSet, accepts: Accepts, rng: Rng): FittedToRows {
  const steps = expandRecipe(set.spec, accepts, set.goal, { rows: set.table.rows })
  return fitRecipe(steps, set.spec.columns, set.table, { target: set.target, rng }, set.spec.matrix, accepts.constant)
}

/** A fold in matrices: the recipe knows the fold's training rows only. `validation`: what the fit itself may judge by. */
export type FoldData = { readonly train: Matrix; readonly trainTarget: Target; readonly test: Matrix; readonly testTarget: Target; readonly validation?: Examples }

/** Rows to score on. */
export type Judges = Exclude<TrainingSet['validation'], undefined>

/** Prepares a fold once for every kind of matrix that is asked for. */
export function createFoldData(
  set: TrainingSet, rows: { readonly train: Int32Array; readonly test: Int32Array }, rng: Rng,
): (accepts: Accepts) => FoldData {
  return preparedOnce(selectTraining(set, rows.train), selectTraining(set, rows.test), rng)
}

/** The validation rows as a fold: all training rows to learn from, and those both to score and to judge by while fitting. */
export function createValidationData(set: TrainingSet, validation: Judges, rng: Rng): (accepts: Accepts) => FoldData {
  const data = preparedOnce(set, validation, rng)
  return (accepts) => {
    const { test, testTarget, ...fold } = data(accepts)
    return { ...fold, test, testTarget, validation: { matrix: test, target: testTarget } }
  }
}

function preparedOnce(train: TrainingSet, test: Judges, rng: Rng): (accepts: Accepts) => FoldData {
  const made = new Map<string, FoldData>()
  return (accepts) => {
    const key = acceptsKey(accepts)
    const known = made.get(key)
    if (known !== undefined) return known
    const { recipe, matrix } = prepare(train, accepts, rng)
    const data = { train: matrix, trainTarget: train.target, test: applyRecipe(recipe, test.table), testTarget: test.target }
    made.set(key, data)
    return data
  }
}

/** Estimators that accept the same get the same matrix. */
function acceptsKey({ missing, categorical, scaled, sparse, constant = false }: Accepts): string {
  return JSON.stringify([missing, categorical, scaled, sparse, constant])
}

/** Rows that are enough to see how large a matrix will be. */
const SHAPE_ROWS = 5000

const shapes = new WeakMap<TrainingSet, Map<string, MatrixShape>>()

/** Size of the matrix of a training set: `columns` as an estimator's `estimateMemory` counts them. */
export type MatrixShape = {
  /** Dense columns, and two more for every entry that a row of the sparse block has on average: an entry takes as much memory as two cells. */
  readonly columns: number
  readonly dense: number
  readonly sparse: number
}

/** Size of the matrix that an estimator which accepts `accepts` would learn from, judged by at most 5,000 of the rows; known once asked for. */
export function matrixShape(set: TrainingSet, accepts: Accepts): MatrixShape {
  const known = shapes.get(set) ?? new Map<string, MatrixShape>()
  shapes.set(set, known)
  const found = known.get(acceptsKey(accepts))
  if (found !== undefined) return found
  const count = Math.min(set.table.rows, SHAPE_ROWS)
  const index = Int32Array.from({ length: count }, (_, at) => Math.floor((at * set.table.rows) / count))
  const { matrix } = prepare(selectTraining(set, index), accepts, createRng(0))
  const dense = denseColumns(matrix)
  const entries = matrix.sparse?.values.length ?? 0
  const shape = { dense, sparse: matrix.columns.length - dense, columns: dense + Math.ceil((2 * entries) / Math.max(1, count)) }
  known.set(acceptsKey(accepts), shape)
  return shape
}
