import type { Prediction } from '../../table/matrix.ts'
import type { Table } from '../../table/table.ts'
import type { FitContext } from '../fit-context.ts'
import { applyRecipe } from '../recipe/apply.ts'
import { stepColumns, type ColumnRead } from '../recipe/columns.ts'
import { averagePredictions } from './average.ts'
import { requireEstimator } from './find-estimator.ts'
import type { Model } from './model.ts'

/** The columns a model reads and how, each once: what to load before `predictModel`. */
export function modelInputs(model: Pick<Model, 'members'>): readonly ColumnRead[] {
  const inputs = new Map(model.members.flatMap(({ recipe }) => recipe.input).map((schema) => [schema.name, schema]))
  return stepColumns(model.members.flatMap(({ recipe }) => recipe.steps), [...inputs.values()])
}

/** Effects that a prediction may use. */
export type PredictContext = Pick<FitContext, 'throwIfAborted'> & Partial<Pick<FitContext, 'pool'>>

/** One prediction per row of a table that holds the columns of `modelInputs`, in its order. */
export async function predictModel(model: Model, table: Table, ctx?: PredictContext): Promise<Prediction> {
  const parts: { part: Prediction; weight: number }[] = []
  for (const { recipe, estimator, state, weight } of model.members) {
    ctx?.throwIfAborted()
    parts.push({ part: await requireEstimator(estimator.id).predict(state, applyRecipe(recipe, table), ctx?.pool), weight })
  }
  return averagePredictions(parts)
}

/** Predictions of rows that follow one another, as one; of no rows, numbers. */
export function joinPredictions(parts: readonly Prediction[]): Prediction {
  const [first] = parts
  if (first === undefined) return { kind: 'numbers', values: new Float64Array(0) }
  const arrays = parts.map((part) => (part.kind === 'numbers' ? part.values : part.probabilities))
  const all = new Float64Array(arrays.reduce((length, array) => length + array.length, 0))
  let next = 0
  for (const array of arrays) {
    all.set(array, next)
    next += array.length
  }
  return first.kind === 'numbers' ? { kind: 'numbers', values: all } : { ...first, probabilities: all }
}
