import type { Goal } from '../../../../src/shared/domain/task.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { requireEstimator, estimatorOf, drawSamples, summariseTarget, targetOf, type Member, type Model } from '../../../../src/main/learn/model/index.ts'
import { createRecipeSpec } from '../../../../src/main/learn/recipe/index.ts'
import { prepare, type TrainingSet } from '../../../../src/main/learn/tuning/index.ts'
import type { Table } from '../../../../src/main/table/table.ts'
import { categories, numbers, schemaOf } from '../columns.ts'
import { fitContext } from '../estimators/made-data.ts'

/** Customers: tenure and plan decide whether they leave; some cells are missing. */
export function madeTrainingSet(rows = 120, task: Goal['task'] = 'binary-classification'): TrainingSet {
  const rng = createRng(21)
  const tenure = Array.from({ length: rows }, () => (rng.uniform() < 0.1 ? null : Math.floor(60 * rng.uniform())))
  const plan = Array.from({ length: rows }, () => (rng.uniform() < 0.1 ? null : (['basic', 'plus', 'pro'][rng.below(3)] ?? null)))
  const score = tenure.map((value, i) => (value ?? 30) / 20 + (plan[i] === 'pro' ? 1 : 0) + rng.normal() / 2)
  const table: Table = { rows, columns: [numbers('tenure', tenure), categories('plan', plan)] }
  const goal: Goal = { task, target: 'left', ...(task === 'binary-classification' ? { positive: 'yes' } : {}) }
  const column = task === 'regression' ? numbers('left', score) : categories('left', score.map((s) => (task === 'binary-classification' ? (s < 1.5 ? 'yes' : 'no') : s < 1 ? 'soon' : s < 2 ? 'later' : 'never')))
  const spec = createRecipeSpec([schemaOf('tenure', 'integer'), schemaOf('plan', 'category', { distinct: 3 }), schemaOf('left', task === 'regression' ? 'decimal' : 'category')], { preset: 'auto', drop: [], columns: {} })
  return { goal, spec, table, target: targetOf(goal, column).target }
}

/** A fitted model of the estimators named, each with the same weight. */
export async function madeModel(ids: readonly string[] = ['linear'], set: TrainingSet = madeTrainingSet()): Promise<Model> {
  const members: Member[] = []
  for (const id of ids) {
    const estimator = requireEstimator(id)
    const params = estimator.params.parse({})
    const { recipe, matrix } = prepare(set, estimator.accepts, fitContext().rng)
    const state = await estimator.fit(matrix, set.target, params, fitContext())
    members.push({ weight: 1 / ids.length, recipe, estimator: { id, version: estimator.version, params }, state })
  }
  const model: Model = {
    goal: set.goal,
    classes: set.target.kind === 'classes' ? set.target.classes : [],
    members,
    estimator: estimatorOf(members),
    summary: 'made for a test',
    importance: [],
    rows: set.table.rows,
    baseline: summariseTarget(set.target),
    validation: { metric: 'roc_auc', mean: 0.9, deviation: 0.01, folds: 5 },
    samples: [],
    lineage: { step: 'train/model', seed: 1 },
  }
  return { ...model, samples: await drawSamples(model, set.table) }
}
