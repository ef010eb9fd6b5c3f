import type { Goal } from '#shared/domain/task.ts'
import type { Matrix, Target } from '../../table/matrix.ts'
import { selectRows, type Table } from '../../table/table.ts'
import type { Accepts } from '../estimator.ts'
import { applyRecipe } from '../recipe/apply.ts'
import { expandRecipe } from '../recipe/expand.ts'
import { fitRecipe } from '../recipe/fit.ts'
import type { FittedRecipe, RecipeSpec } from '../recipe/recipe.ts'

/** Training rows in memory: every column that any candidate's recipe reads, and the target, row for row. */
export type TrainingSet = { readonly goal: Goal; readonly spec: RecipeSpec; readonly table: Table; readonly target: Target }

/** Rows `index` of a target, in that order; the classes are kept as they are. */
export function selectTarget(target: Target, index: Int32Array): Target {
  if (target.kind === 'numbers') return { kind: 'numbers', values: Float64Array.from(index, (row) => target.values[row] as number) }
  return { ...target, codes: index.map((row) => target.codes[row] as number) }
}

/** A recipe fitted on some rows for what an estimator accepts, and the matrix of those rows. */
export function prepare(set: TrainingSet, table: Table, accepts: Accepts): { recipe: FittedRecipe; matrix: Matrix } {
  const steps = expandRecipe(set.spec, accepts, set.goal, { rows: table.rows })
  const recipe = fitRecipe(steps, set.spec.columns, table)
  return { recipe, matrix: applyRecipe(recipe, table) }
}

/** A fold in matrices: the recipe knows the fold's training rows only. */
export type FoldData = { readonly train: Matrix; readonly trainTarget: Target; readonly test: Matrix; readonly testTarget: Target }

/** Prepares a fold once for every kind of matrix that is asked for. */
export function createFoldData(set: TrainingSet, rows: { readonly train: Int32Array; readonly test: Int32Array }): (accepts: Accepts) => FoldData {
  const tables = { train: selectRows(set.table, rows.train), test: selectRows(set.table, rows.test) }
  const targets = { trainTarget: selectTarget(set.target, rows.train), testTarget: selectTarget(set.target, rows.test) }
  const made = new Map<string, FoldData>()
  return (accepts) => {
    const key = JSON.stringify([accepts.missing, accepts.categorical, accepts.scaled])
    const known = made.get(key)
    if (known !== undefined) return known
    const { recipe, matrix } = prepare(set, tables.train, accepts)
    const data = { ...targets, train: matrix, test: applyRecipe(recipe, tables.test) }
    made.set(key, data)
    return data
  }
}
