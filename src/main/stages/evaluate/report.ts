import { join } from 'node:path'
import { z } from 'zod'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { evaluationReportSchema } from '#shared/domain/evaluation.ts'
import { MillraceError } from '#shared/errors.ts'
import { loadTable } from '../../data/load-table.ts'
import { loadModel } from '../../learn/model/load.ts'
import type { Model } from '../../learn/model/model.ts'
import { modelInputs, predictModel } from '../../learn/model/predict.ts'
import { columnOf, selectRows } from '../../table/table.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { evaluateModel, readTestTarget } from './evaluate.ts'

function requireTarget(target: string, dataset: Artifact<'dataset'>): ColumnSchema {
  const { columns } = dataset.meta.schema
  const found = columns.find((column) => column.name === target)
  if (found !== undefined) return found
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The test data has no column "${target}"`,
    message: `The model predicts "${target}"; without that column its predictions cannot be compared with the truth. The columns are: ${columns.map(({ name }) => name).join(', ')}.`,
    nextStep: 'Evaluate on data that holds the target.',
    details: { column: target },
  })
}

async function readModel(artifact: Artifact<'model'>, ctx: StageContext): Promise<Model> {
  return loadModel(await ctx.readFile(artifact, 'model.json'), await ctx.readFile(artifact, 'weights.bin'))
}

async function readTest(model: Model, dataset: Artifact<'dataset'>, ctx: StageContext) {
  const target = requireTarget(model.goal.target, dataset)
  const parquet = join(dataset.path, 'data.parquet')
  const truth = await loadTable(ctx.data, parquet, [{ schema: target, as: model.goal.task === 'regression' ? 'number' : 'category' }])
  const reading = readTestTarget(model, columnOf(truth, target.name))
  const features = await loadTable(ctx.data, parquet, modelInputs(model))
  return { reading, features: reading.rows.length === features.rows ? features : selectRows(features, reading.rows) }
}

/** Holds a model against rows that neither its training nor its choice has seen. */
export const report = defineStep({
  id: 'evaluate/report',
  version: 1,
  label: 'Evaluate',
  help: 'Predicts the held-out rows and compares with the truth and with a baseline that knows nothing: metrics, confusion, curves, residuals.',
  params: z.strictObject({}),
  inputs: { model: { kind: 'model', from: ['model'] }, test: { kind: 'dataset', from: ['test', 'data'] } },
  outputs: { report: 'report' },
  usesGoal: false,
  usesSeed: true,
  // Features, truth, predictions and their ranking: about 24 bytes a cell.
  estimate: ({ inputs }) => ({
    memoryBytes: (64 << 20) + inputs.test.meta.rows * (inputs.test.meta.schema.columns.length + 8) * 24,
    diskBytes: 1 << 20,
  }),
  async run({ inputs }, ctx) {
    ctx.progress(0, 'reading the model and the test rows')
    const model = await readModel(inputs.model, ctx)
    const { reading, features } = await readTest(model, inputs.test, ctx)
    ctx.throwIfAborted()
    ctx.progress(0.4, `predicting ${features.rows} rows`)
    const prediction = await predictModel(model, features, ctx)
    ctx.progress(0.7, 'computing metrics')
    const sawRows = model.lineage['train'] === inputs.test.hash
    const evaluated = evaluateModel({ model, reading, prediction, sawRows }, ctx.rng, () => {
      ctx.throwIfAborted()
    })
    const result = evaluationReportSchema.parse(evaluated)
    for (const sentence of result.comparison) ctx.log.info(sentence)
    for (const warning of result.warnings) ctx.log.warn(warning)
    const path = await ctx.outputFolder('report')
    await ctx.writeFile(path, 'report.json', JSON.stringify(result))
    const meta = { task: model.goal.task, rows: result.rows, metrics: result.metrics, baseline: result.baseline.metrics }
    return { report: { kind: 'report', path, meta } }
  },
})
