import type { Prediction } from '../../table/matrix.ts'
import type { Table } from '../../table/table.ts'
import type { FitContext } from '../fit-context.ts'
import { applyRecipe } from '../recipe/apply.ts'
import { recipeColumns, type ColumnRead } from '../recipe/columns.ts'
import { requireEstimator } from './find-estimator.ts'
import type { Model } from './model.ts'

/** The columns a model reads and how: what to load before `predictModel`. */
export function modelInputs(model: Model): readonly ColumnRead[] {
  return recipeColumns(model.recipe)
}

/** One prediction per row of a table that holds the columns of `modelInputs`, in its order. */
export async function predictModel(model: Model, table: Table, ctx?: Pick<FitContext, 'throwIfAborted'>): Promise<Prediction> {
  ctx?.throwIfAborted()
  const matrix = applyRecipe(model.recipe, table)
  ctx?.throwIfAborted()
  return requireEstimator(model.estimator.id).predict(model.state, matrix)
}
