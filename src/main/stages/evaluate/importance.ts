import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { loadTable } from '../../data/load-table.ts'
import { permutationImportance } from '../../learn/explain/permutation-importance.ts'
import { primaryMetric } from '../../learn/metrics/index.ts'
import type { Model } from '../../learn/model/model.ts'
import { modelInputs, predictModel } from '../../learn/model/predict.ts'
import { columnOf, selectRows } from '../../table/table.ts'
import type { StageContext } from '../step-kind.ts'
import { readTestTarget } from './evaluate.ts'

/** Rows predicted for every shuffled column; texts and neighbours are slow to predict. */
const ROWS = { usual: 5000, slow: 500 }
const COLUMNS = 20
const REPEATS = 5

function mattering(model: Model): readonly string[] {
  const shares = new Map(modelInputs(model).map(({ schema }) => [schema.name, 0]))
  for (const { source, value } of model.importance) if (shares.has(source)) shares.set(source, (shares.get(source) ?? 0) + value)
  return [...shares].toSorted(([, a], [, b]) => b - a).map(([name]) => name)
}

function rowsFor(model: Model): number {
  const slow = modelInputs(model).some(({ schema }) => schema.type === 'text') || model.members.some(({ estimator }) => estimator.id === 'nearest-neighbours')
  return slow ? ROWS.slow : ROWS.usual
}

/**
 * What the model loses on test rows when a column is shuffled: the twenty columns that matter most to the model by its own account, on at
 * most 5,000 rows (500 where predictions are slow) spread evenly. Undefined where those rows do not define the metric.
 */
export async function testImportance(model: Model, test: Artifact<'dataset'>, ctx: StageContext): Promise<EvaluationReport['importance']> {
  const inputs = modelInputs(model)
  const target = test.meta.schema.columns.find(({ name }) => name === model.goal.target)
  if (target === undefined || inputs.length === 0) return undefined
  const as = model.goal.task === 'regression' ? ('number' as const) : ('category' as const)
  const wanted = { wanted: rowsFor(model), seed: ctx.seed }
  const parquet = join(test.path, 'data.parquet')
  const truth = readTestTarget(model, columnOf(await loadTable(ctx.data, parquet, [{ schema: target, as }], { rows: wanted }), target.name))
  if (truth.rows.length === 0) return undefined
  const table = selectRows(await loadTable(ctx.data, parquet, inputs, { rows: wanted }), truth.rows)
  const metric = primaryMetric(model.goal.task)
  const columns = await permutationImportance(
    {
      predict(rows) {
        ctx.throwIfAborted()
        return predictModel(model, rows, ctx)
      },
      table,
      target: truth.target,
      metric,
      columns: mattering(model).slice(0, COLUMNS),
      repeats: REPEATS,
    },
    ctx.rng.fork('importance'),
    (fraction) => {
      ctx.progress(0.85 + 0.14 * fraction, 'shuffling columns to see what matters')
    },
  )
  return columns.length === 0 ? undefined : { metric: metric.id, label: metric.label, rows: table.rows, repeats: REPEATS, columns: [...columns] }
}
