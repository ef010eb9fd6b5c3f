import type { ModelAbout } from '#shared/domain/model.ts'
import { describeRecipe } from '../learn/recipe/index.ts'
import type { Predictor } from './predictor.ts'

/** Lines of a recipe in words at most. */
const LINES = 500

/** What the bundle of a model says of it, as plain data. */
export function aboutModel({ model, inputs }: Predictor): ModelAbout {
  const shares = new Map<string, number>()
  for (const { source, value } of model.importance) shares.set(source, (shares.get(source) ?? 0) + value)
  return {
    goal: model.goal,
    classes: [...model.classes],
    inputs: inputs.map(({ schema }) => ({ name: schema.name, type: schema.type })),
    trainingRows: model.rows,
    estimator: model.estimator.id,
    summary: model.summary,
    members: model.members.map(({ estimator, weight }) => ({ estimator: estimator.id, weight, params: estimator.params })),
    recipe: model.members.map(({ recipe, estimator }) => {
      const lines = describeRecipe(recipe)
      return { estimator: estimator.id, lines: lines.slice(0, LINES), more: Math.max(0, lines.length - LINES) }
    }),
    importance: [...shares].map(([column, value]) => ({ column, value })).toSorted((a, b) => b.value - a.value),
    baseline: model.baseline,
    lineage: model.lineage,
  }
}
