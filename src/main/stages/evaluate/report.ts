import { z } from 'zod'
import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import { evaluationReportSchema, type EvaluationReport } from '#shared/domain/evaluation.ts'
import { loadModel } from '../../learn/model/load.ts'
import type { Model } from '../../learn/model/model.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { readChoice } from '../train/choice-file.ts'
import { evaluateModel } from './evaluate.ts'
import { testImportance } from './importance.ts'
import { reportPage } from './page/report-page.ts'
import { sliceColumns } from './slice-columns.ts'
import { evaluationMemory, predictTestRows, readSliceColumns, readTestRows } from './test-rows.ts'

async function readModel(artifact: Artifact<'model'>, ctx: StageContext): Promise<Model> {
  return loadModel(await ctx.readFile(artifact, 'model.json'), await ctx.readFile(artifact, 'weights.bin'))
}

const params = z.strictObject({
  rows: z
    .union([z.enum(['auto', 'all']), z.int().positive()])
    .default('auto')
    .describe('Test rows to evaluate: all; a number of them, spread evenly; auto: all, or as many as the memory holds, and the report says so'),
  slices: z
    .union([z.enum(['auto', 'off']), z.array(z.string())])
    .default('auto')
    .describe('Columns whose values are looked at one by one; auto: those that matter most to the model. A column that the model does not read may be named too'),
  importance: z
    .boolean()
    .default(true)
    .describe('Shuffle the columns that matter most, one at a time, and see what the model loses; takes about a hundred predictions of at most 5,000 test rows'),
  costs: z
    .strictObject({ falsePositive: z.number().nonnegative(), falseNegative: z.number().nonnegative() })
    .optional()
    .describe('Binary classification: what a false alarm and a miss cost, in one unit; the report then names the cheapest threshold'),
})

/** Holds a model against rows that neither its training nor its choice has seen. */
export const report = defineStep({
  id: 'evaluate/report',
  version: 3,
  label: 'Evaluate',
  help: 'Predicts the held-out rows and compares with the truth and with a baseline that knows nothing: metrics with intervals, confusion, curves, thresholds, slices, residuals; as data and as a page.',
  params,
  inputs: { model: { kind: 'model', from: ['model'] }, test: { kind: 'dataset', from: ['test', 'data'] } },
  outputs: { report: 'report' },
  usesGoal: false,
  usesSeed: true,
  estimate: ({ params: { rows }, inputs }) => ({ memoryBytes: evaluationMemory(rows, inputs.test.meta), diskBytes: 2 << 20 }),
  async run({ params: { rows, slices, importance, costs }, inputs }, ctx) {
    ctx.progress(0, 'reading the model and the test rows')
    const model = await readModel(inputs.model, ctx)
    const test = await readTestRows(model, inputs.test, rows, ctx)
    const prediction = await predictTestRows(model, test, ctx)
    const sliceBy = await readSliceColumns(test, sliceColumns(model, test.schema, slices), ctx)
    ctx.progress(0.7, 'computing metrics and their intervals')
    const sawRows = model.lineage['train'] === inputs.test.hash
    const evaluated = evaluateModel({ model, reading: test.reading, prediction, sawRows, sampledFrom: test.sample === undefined ? undefined : test.rows, sliceBy, costs }, ctx.rng, () => {
      ctx.throwIfAborted()
    })
    const mattering = importance ? await testImportance(model, inputs.test, ctx) : undefined
    const result = evaluationReportSchema.parse({ ...evaluated, ...(mattering === undefined ? {} : { importance: mattering }) })
    for (const sentence of result.comparison) ctx.log.info(sentence)
    for (const warning of result.warnings) ctx.log.warn(warning)
    const path = await ctx.outputFolder('report')
    await ctx.writeFile(path, 'report.json', JSON.stringify(result))
    await ctx.writeFile(path, 'report.html', reportPage(result, model, await readChoice(inputs.model, ctx)))
    return { report: { kind: 'report', path, meta: metaOf(result) } }
  },
})

function metaOf({ goal, rows, metrics, baseline, primary: { metric, interval } }: EvaluationReport): ArtifactMeta<'report'> {
  const about = { task: goal.task, rows, metrics, baseline: baseline.metrics }
  return interval === undefined ? about : { ...about, interval: { metric, low: interval.low, high: interval.high } }
}
