import { join } from 'node:path'
import { z } from 'zod'
import type { Artifact } from '#shared/domain/artifact.ts'
import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import { evaluationReportSchema } from '#shared/domain/evaluation.ts'
import { MillraceError } from '#shared/errors.ts'
import { loadTable } from '../../data/load-table.ts'
import { loadModel } from '../../learn/model/load.ts'
import type { Model } from '../../learn/model/model.ts'
import { joinPredictions, modelInputs, predictModel } from '../../learn/model/predict.ts'
import type { TargetReading } from '../../learn/model/target.ts'
import type { Prediction } from '../../table/matrix.ts'
import { columnOf, selectRows } from '../../table/table.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { readChoice } from '../train/choice-file.ts'
import { evaluateModel, readTestTarget, type Evaluation } from './evaluate.ts'
import { reportPage } from './page/report-page.ts'
import { sliceColumns } from './slice-columns.ts'

/** Rows whose features are in memory at a time. */
const BLOCK = 65_536

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

const params = z.strictObject({
  slices: z
    .union([z.enum(['auto', 'off']), z.array(z.string())])
    .default('auto')
    .describe('Columns whose values are looked at one by one; auto: those that matter most to the model. A column that the model does not read may be named too'),
  costs: z
    .strictObject({ falsePositive: z.number().nonnegative(), falseNegative: z.number().nonnegative() })
    .optional()
    .describe('Binary classification: what a false alarm and a miss cost, in one unit; the report then names the cheapest threshold'),
})

type Test = { readonly parquet: string; readonly schema: readonly ColumnSchema[]; readonly reading: TargetReading; readonly rows: number }

async function readTest(model: Model, dataset: Artifact<'dataset'>, ctx: StageContext): Promise<Test> {
  const target = requireTarget(model.goal.target, dataset)
  const parquet = join(dataset.path, 'data.parquet')
  const truth = await loadTable(ctx.data, parquet, [{ schema: target, as: model.goal.task === 'regression' ? 'number' : 'category' }])
  return { parquet, schema: dataset.meta.schema.columns, reading: readTestTarget(model, columnOf(truth, target.name)), rows: dataset.meta.rows }
}

/** Predictions of the rows with a target; features are in memory a block at a time. */
async function predictTest(model: Model, { parquet, reading, rows }: Test, ctx: StageContext): Promise<Prediction> {
  const parts: Prediction[] = []
  for (let from = 0, next = 0; from < rows; from += BLOCK) {
    ctx.throwIfAborted()
    ctx.progress(0.1 + (0.6 * from) / rows, `predicting ${reading.rows.length} rows`)
    const first = next
    while (next < reading.rows.length && (reading.rows[next] as number) < from + BLOCK) next++
    if (next === first) continue
    const block = await loadTable(ctx.data, parquet, modelInputs(model), { rows: { from, count: BLOCK } })
    parts.push(await predictModel(model, selectRows(block, reading.rows.slice(first, next).map((row) => row - from)), ctx))
  }
  return joinPredictions(parts)
}

async function readSlices(model: Model, { parquet, schema, reading, rows }: Test, wanted: z.infer<typeof params>['slices'], ctx: StageContext): Promise<Evaluation['sliceBy']> {
  const columns = sliceColumns(model, schema, wanted)
  const table = await loadTable(ctx.data, parquet, columns.map((column) => ({ schema: column, as: isNumeric(column.type) || column.type === 'datetime' ? 'number' : 'category' })))
  const taken = reading.rows.length === rows ? table : selectRows(table, reading.rows)
  return taken.columns.map((column, index) => ({ column, numbersAre: columns[index]?.type === 'datetime' ? 'moments' : 'amounts' }))
}

/** Holds a model against rows that neither its training nor its choice has seen. */
export const report = defineStep({
  id: 'evaluate/report',
  version: 2,
  label: 'Evaluate',
  help: 'Predicts the held-out rows and compares with the truth and with a baseline that knows nothing: metrics with intervals, confusion, curves, thresholds, slices, residuals; as data and as a page.',
  params,
  inputs: { model: { kind: 'model', from: ['model'] }, test: { kind: 'dataset', from: ['test', 'data'] } },
  outputs: { report: 'report' },
  usesGoal: false,
  usesSeed: true,
  // Truth, predictions, their rankings and the columns of the slices; features come block by block.
  estimate: ({ inputs }) => ({
    memoryBytes: (96 << 20) + Math.min(inputs.test.meta.rows, BLOCK) * inputs.test.meta.schema.columns.length * 24 + inputs.test.meta.rows * 400,
    diskBytes: 2 << 20,
  }),
  async run({ params: { slices, costs }, inputs }, ctx) {
    ctx.progress(0, 'reading the model and the test rows')
    const model = await readModel(inputs.model, ctx)
    const test = await readTest(model, inputs.test, ctx)
    const prediction = await predictTest(model, test, ctx)
    const sliceBy = await readSlices(model, test, slices, ctx)
    ctx.progress(0.7, 'computing metrics and their intervals')
    const sawRows = model.lineage['train'] === inputs.test.hash
    const evaluated = evaluateModel({ model, reading: test.reading, prediction, sawRows, sliceBy, costs }, ctx.rng, () => {
      ctx.throwIfAborted()
    })
    const result = evaluationReportSchema.parse(evaluated)
    for (const sentence of result.comparison) ctx.log.info(sentence)
    for (const warning of result.warnings) ctx.log.warn(warning)
    const path = await ctx.outputFolder('report')
    await ctx.writeFile(path, 'report.json', JSON.stringify(result))
    await ctx.writeFile(path, 'report.html', reportPage(result, model, await readChoice(inputs.model, ctx)))
    const meta = { task: model.goal.task, rows: result.rows, metrics: result.metrics, baseline: result.baseline.metrics }
    return { report: { kind: 'report', path, meta } }
  },
})
