import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Artifact, Draft } from '../../../../src/shared/domain/artifact.ts'
import { choiceFileSchema } from '../../../../src/shared/domain/choice.ts'
import { curvesFileSchema } from '../../../../src/shared/domain/curves.ts'
import type { Measurement } from '../../../../src/shared/domain/measurement.ts'
import type { Goal } from '../../../../src/shared/domain/task.ts'
import type { DataEngine } from '../../../../src/main/data/engine.ts'
import { loadTable } from '../../../../src/main/data/load-table.ts'
import { checkSamples, loadModel, modelInputs, predictModel } from '../../../../src/main/learn/model/index.ts'
import { trainModel } from '../../../../src/main/stages/train/model.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { schemaOf } from '../../learn/columns.ts'
import { dataset, openWork, recipeFor, stageContext } from './made-step.ts'

const columns = [schemaOf('tenure', 'integer'), schemaOf('plan', 'category', { distinct: 3 }), schemaOf('left', 'category', { distinct: 2 }), schemaOf('spend', 'decimal')]
const QUICK = { estimator: 'linear', params: { regularisation: 1 } }
/** Customers who leave early on cheap plans; spend follows tenure; every tenth row lacks a target. */
const customers = `
  SELECT i * 7 % 60 AS tenure, ['basic', 'plus', 'pro'][1 + i % 3] AS plan,
    CASE WHEN i % 10 = 9 THEN NULL WHEN (i * 7 % 60) + 15 * (i % 3) + (i * 13 % 17) < 40 THEN 'Yes' ELSE 'No' END AS left,
    2.5 * (i * 7 % 60) + (i * 31 % 11) AS spend
  FROM range(120) t(i)`

let work: { folder: string; engine: DataEngine }
let train: Artifact<'dataset'>
let recipe: Artifact<'recipe'>
beforeAll(async () => {
  work = await openWork()
  train = await dataset(work, 'customers', customers, columns)
  recipe = await recipeFor(work, 'recipe', columns)
})
afterAll(async () => {
  await work.engine.close()
  await rm(work.folder, { recursive: true })
})

const binary: Goal = { task: 'binary-classification', target: 'left' }

async function run(params: unknown, goal: Goal = binary, more: { data?: Artifact<'dataset'>; validation?: Artifact<'dataset'>; context?: Partial<StageContext> } = {}) {
  const { ctx, said } = stageContext(work, goal, more.context)
  const drafts = await trainModel.run({ params: trainModel.params.parse(params), inputs: { train: more.data ?? train, ...(more.validation === undefined ? {} : { validation: more.validation }), recipe } }, ctx)
  return { draft: drafts['model'] as Draft<'model'>, said }
}

async function failure(params: unknown, goal: Goal = binary, more: Parameters<typeof run>[2] = {}) {
  return run(params, goal, more).then(
    () => undefined,
    (error: { data?: unknown }) => error.data,
  )
}

async function load(draft: Draft<'model'>) {
  return loadModel(await readFile(join(draft.path, 'model.json')), await readFile(join(draft.path, 'weights.bin')))
}

describe('train/model', () => {
  test('writes a model that loads, passes its own samples and predicts the rows', async () => {
    const { draft, said } = await run(QUICK)
    const model = await load(draft)
    await checkSamples(model)
    expect(model.classes).toEqual(['No', 'Yes'])
    expect(model.rows).toBe(108)
    expect(model.lineage).toEqual({ step: 'train/model', train: 'customers', recipe: 'recipe', seed: 42 })
    expect(draft.meta).toMatchObject({ task: 'binary-classification', target: 'left', estimator: 'linear', validation: { metric: 'roc_auc' } })
    expect(said).toContain('warn: 12 training rows without a target are left out')
    expect(said.some((line) => line.includes('The positive class is "Yes", by its name'))).toBe(true)
    const prediction = await predictModel(model, await loadTable(work.engine, join(train.path, 'data.parquet'), modelInputs(model)))
    expect(prediction.kind === 'classes' ? prediction.probabilities.length : 0).toBe(240)
  })

  test('without an estimator chooses by cross-validation and writes down from what', async () => {
    const { draft } = await run({ budget: '2m', folds: 2 }, { task: 'regression', target: 'spend' })
    const choice = JSON.parse(await readFile(join(draft.path, 'choice.json'), 'utf8')) as { automatic: boolean; reason: string; candidates: { label: string; mean: number }[] }
    expect(choice.automatic).toBe(true)
    expect(choice.candidates.map(({ label }) => label)).toEqual(expect.arrayContaining(['baseline', 'linear', 'gradient-boosting']))
    expect(choice.reason).toMatch(/RMSE .* over \d+ cross-validation folds/)
    expect(draft.meta.validation?.mean).toBeLessThan(choice.candidates.find(({ label }) => label === 'baseline')?.mean ?? 0)
  })

  test('the same data and seed give the same bytes', async () => {
    const files = async () => {
      const { draft } = await run({ estimator: 'gradient-boosting', params: { maxIterations: 10, rowSampling: 0.7 } })
      return Promise.all(['model.json', 'weights.bin', 'choice.json', 'curves.json'].map((name) => readFile(join(draft.path, name), 'hex')))
    }
    expect(await files()).toEqual(await files())
  })

  test('writes down the scores fold by fold, and the losses round by round, and tells both while it learns', async () => {
    const heard: Measurement[] = []
    const { draft } = await run({ estimator: 'gradient-boosting', params: { maxIterations: 10 }, folds: 3 }, undefined, { context: { measure: (one) => heard.push(one) } })
    const choice = choiceFileSchema.parse(JSON.parse(await readFile(join(draft.path, 'choice.json'), 'utf8')))
    const scores = heard.filter((one) => one.kind === 'fold-score')
    expect(scores.map(({ score }) => score)).toEqual(choice.candidates[0]?.scores)
    expect(choice.folds?.scores).toEqual(choice.candidates[0]?.scores)
    expect(choice.folds?.testShare).toBeCloseTo(0.5, 1)
    const other = await run({ ...QUICK, folds: 3 })
    expect(choiceFileSchema.parse(JSON.parse(await readFile(join(other.draft.path, 'choice.json'), 'utf8'))).folds?.key).toBe(choice.folds?.key)
    const { iterations } = curvesFileSchema.parse(JSON.parse(await readFile(join(draft.path, 'curves.json'), 'utf8')))
    expect(iterations).toMatchObject([{ learner: 'gradient-boosting', loss: 'log loss', folds: 5 }])
    expect(heard.filter((one) => one.kind === 'iteration').length).toBeGreaterThan(5)
    expect(curvesFileSchema.parse(JSON.parse(await readFile(join(other.draft.path, 'curves.json'), 'utf8'))).iterations).toEqual([])
  })

  test('works without cross-validation', async () => {
    const { draft } = await run({ ...QUICK, folds: 0 })
    expect(draft.meta.validation).toBeUndefined()
  })
})

describe('train/model with validation rows', () => {
  test('judges by them, says so everywhere, and reads them in the columns of the training rows', async () => {
    const validation = await dataset(work, 'aside', `SELECT spend, "left", tenure + 1 AS tenure, plan FROM (${customers.replace('range(120)', 'range(120, 200)')})`, columns)
    const { draft, said } = await run({ estimator: 'gradient-boosting', learningCurve: true }, binary, { validation })
    const model = await load(draft)
    expect(draft.meta.validation).toMatchObject({ metric: 'roc_auc', rows: 72 })
    expect(model.validation).toMatchObject({ rows: 72, folds: 5 })
    expect(model.lineage).toMatchObject({ train: 'customers', validation: 'aside' })
    expect(model.summary).toContain('; judged by 72 validation rows while it learnt')
    expect(said).toContain('warn: 8 validation rows without a target are left out')
    expect(said).toContain('info: Judges by 72 validation rows in place of folds of the training rows.')
    const choice = choiceFileSchema.parse(JSON.parse(await readFile(join(draft.path, 'choice.json'), 'utf8')))
    expect(choice.reason).toContain('on 72 validation rows')
    expect(choice.validation?.rows).toBe(72)
    expect(choice.learningCurve.at(-1)?.rows).toBe(108)
    const { iterations } = curvesFileSchema.parse(JSON.parse(await readFile(join(draft.path, 'curves.json'), 'utf8')))
    expect(iterations).toMatchObject([{ learner: 'gradient-boosting', folds: 1 }])
    expect(iterations[0]?.best).not.toBeNull()
  })

  test('leaves out classes that no training row has, and refuses rows that cannot be judged by', async () => {
    const other = await dataset(work, 'other', `SELECT tenure, plan, CASE WHEN tenure < 9 THEN 'Maybe' ELSE "left" END AS "left", spend FROM (${customers})`, columns)
    const { said } = await run(QUICK, binary, { validation: other })
    expect(said).toContainEqual(expect.stringMatching(/^warn: \d+ validation rows of class "Maybe", which no training row has, are left out$/))
    const none = await dataset(work, 'none', `SELECT tenure, plan, NULL::VARCHAR AS "left", spend FROM (${customers})`, columns)
    expect(await failure(QUICK, binary, { validation: none })).toMatchObject({ code: 'invalid-data', headline: 'No validation row can be judged by' })
    const narrow = await dataset(work, 'narrow', `SELECT tenure, "left" FROM (${customers})`, columns.filter(({ name }) => name === 'tenure' || name === 'left'))
    expect(await failure(QUICK, binary, { validation: narrow })).toMatchObject({ code: 'invalid-data', headline: 'The validation rows have no column "plan"' })
  })
})

describe('what it refuses', () => {
  test('an estimator, a parameter or a metric that does not exist, with a suggestion', async () => {
    expect(await failure({ estimator: 'gradient-bosting' })).toMatchObject({ code: 'invalid-parameter', message: expect.stringContaining('Did you mean "gradient-boosting"?') })
    expect(await failure({ estimator: 'linear', params: { regularization: 1 } })).toMatchObject({ code: 'invalid-parameter', message: expect.stringContaining('Did you mean "regularisation"?') })
    expect(await failure({ estimator: 'linear', params: { regularisation: -1 } })).toMatchObject({ code: 'invalid-parameter' })
    expect(await failure({ params: { regularisation: 1 } })).toMatchObject({ code: 'invalid-parameter', headline: '`params` needs an `estimator`' })
    expect(await failure({ metric: 'rmse' })).toMatchObject({ headline: 'The metric "rmse" does not suit the task binary-classification' })
    expect(await failure({ metric: 'roc_auk' })).toMatchObject({ message: expect.stringContaining('Did you mean "roc_auc"?') })
    for (const bad of [{ budget: 'soon' }, { budget: 0 }, { folds: 1 }, { estimatr: 'linear' }]) expect(trainModel.params.safeParse(bad).success).toBe(false)
  })

  test('a target that is not there, or does not suit the task', async () => {
    expect(await failure({}, { ...binary, target: 'Left' })).toMatchObject({ code: 'invalid-data', message: expect.stringContaining('Did you mean "left"?') })
    expect(await failure({}, { task: 'regression', target: 'left' })).toMatchObject({ code: 'invalid-data', headline: expect.stringContaining('does not hold numbers') })
    expect(await failure({}, { ...binary, target: 'plan' })).toMatchObject({ code: 'invalid-data', headline: 'The target "plan" has 3 classes, and the task is binary-classification' })
  })

  test('a target without values or with one class', async () => {
    const empty = await dataset(work, 'empty', `SELECT tenure, plan, NULL::VARCHAR AS left, spend FROM (${customers})`, columns)
    expect(await failure(QUICK, binary, { data: empty })).toMatchObject({ code: 'invalid-data', headline: 'The target "left" has no value' })
    const one = await dataset(work, 'one', `SELECT tenure, plan, 'No' AS left, spend FROM (${customers})`, columns)
    expect(await failure(QUICK, binary, { data: one })).toMatchObject({ code: 'invalid-data', headline: 'The target "left" has only one class' })
  })

  test('features that are all constant', async () => {
    const flat = await dataset(work, 'flat', `SELECT 1 AS tenure, 'pro' AS plan, "left", 0.5 AS spend FROM (${customers})`, columns)
    expect(await failure({}, binary, { data: flat })).toMatchObject({ code: 'invalid-data', headline: 'No column is left to learn from' })
  })

  test('data that does not fit into the memory it may use, with the figures', async () => {
    expect(await failure({}, binary, { context: { memoryBytes: 100 } })).toMatchObject({ code: 'out-of-memory', details: { allowedBytes: 100 } })
    const large = { estimator: 'mlp', folds: 0, params: { batchSize: 65_536, hidden: [512] } }
    expect(await failure(large, binary, { context: { memoryBytes: 400e6 } })).toMatchObject({ code: 'out-of-memory', nextStep: expect.stringMatching(/^Set `batchSize` to \d+, which fits/) as string })
  })
})

test('a class with a single row is learnt as far as it goes, with a warning', async () => {
  const rare = `CASE WHEN row_number() OVER () = 5 THEN 'Maybe' ELSE "left" END`
  const lonely = await dataset(work, 'lonely', `SELECT tenure, plan, ${rare} AS "left", spend FROM (${customers})`, columns)
  const { draft, said } = await run(QUICK, { task: 'multiclass-classification', target: 'left' }, { data: lonely })
  expect((await load(draft)).classes).toEqual(['Maybe', 'No', 'Yes'])
  expect(said.find((line) => line.startsWith('warn: Class "Maybe" has a single training row'))).toBeDefined()
})

test('two classes, one with a single row: trained, not cross-validated', async () => {
  const lonely = await dataset(work, 'single', `SELECT tenure, plan, CASE WHEN row_number() OVER () = 5 THEN 'Yes' ELSE 'No' END AS "left", spend FROM (${customers})`, columns)
  const { draft, said } = await run(QUICK, binary, { data: lonely })
  expect(draft.meta.validation).toBeUndefined()
  expect(said.find((line) => line.includes('a class with one training row cannot be in two folds'))).toBeDefined()
})
