import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import { evaluationReportSchema } from '../../../../src/shared/domain/evaluation.ts'
import type { ColumnSchema } from '../../../../src/shared/domain/schema.ts'
import { toErrorData } from '../../../../src/shared/errors.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import type { DataEngine } from '../../../../src/main/data/engine.ts'
import { openDataEngine } from '../../../../src/main/data/open-engine.ts'
import { linear } from '../../../../src/main/learn/estimators/linear/linear.ts'
import { estimatorOf } from '../../../../src/main/learn/model/model.ts'
import { saveModel } from '../../../../src/main/learn/model/save.ts'
import { summariseTarget } from '../../../../src/main/learn/model/target-summary.ts'
import { createRecipeSpec, expandRecipe, fitRecipe } from '../../../../src/main/learn/recipe/index.ts'
import { report } from '../../../../src/main/stages/evaluate/report.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { categories, numbers, schemaOf } from '../../learn/columns.ts'
import { fitContext } from '../../learn/estimators/made-data.ts'

const goal = { task: 'binary-classification', target: 'churn', positive: 'yes' } as const
const columns: readonly ColumnSchema[] = [schemaOf('tenure', 'integer'), schemaOf('plan', 'category', { distinct: 2 }), schemaOf('churn', 'boolean', { distinct: 2 })]

let folder: string
let engine: DataEngine
let model: Artifact<'model'>
let heldOut: Artifact<'dataset'>

async function trainModel(): Promise<{ json: string; weights: Uint8Array }> {
  const rng = createRng(4)
  const rows = Array.from({ length: 200 }, () => {
    const tenure = rng.below(60)
    return { tenure, plan: rng.uniform() < 0.5 ? 'monthly' : null, churn: rng.uniform() < (60 - tenure) / 70 ? 'yes' : 'no' }
  })
  const table = { rows: 200, columns: [numbers('tenure', rows.map((row) => row.tenure)), categories('plan', rows.map((row) => row.plan))] }
  const spec = createRecipeSpec(columns, { preset: 'auto', drop: [], columns: {} })
  const target = { kind: 'classes', codes: Int32Array.from(rows, (row) => (row.churn === 'yes' ? 1 : 0)), classes: ['no', 'yes'] } as const
  const { recipe, matrix } = fitRecipe(expandRecipe(spec, linear.accepts, goal, { rows: 200 }), columns, table, { target, rng })
  const params = linear.params.parse({})
  const state = await linear.fit(matrix, target, params, fitContext())
  const members = [{ weight: 1, recipe, estimator: { id: linear.id, version: linear.version, params }, state }]
  return saveModel({
    goal,
    classes: target.classes,
    members,
    estimator: estimatorOf(members),
    summary: 'made for a test',
    importance: [],
    rows: 200,
    baseline: summariseTarget(target),
    validation: undefined,
    samples: [],
    lineage: { train: 'training rows' },
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report ünï '))
  engine = await openDataEngine({ memoryBytes: 256 << 20, threads: 1, temporaryFolder: join(folder, 'spill') })
  const { json, weights } = await trainModel()
  await mkdir(join(folder, 'model'))
  await mkdir(join(folder, 'test'))
  await writeFile(join(folder, 'model', 'model.json'), json)
  await writeFile(join(folder, 'model', 'weights.bin'), weights)
  const choice = { formatVersion: 1, automatic: false, chosen: [{ label: 'linear', weight: 1 }], reason: 'linear, as asked <b>', validation: null, candidates: [] }
  await writeFile(join(folder, 'model', 'choice.json'), JSON.stringify(choice))
  await engine.run(`COPY (
    SELECT (i * 7) % 60 AS tenure, CASE WHEN i % 3 = 0 THEN 'monthly' WHEN i % 3 = 1 THEN 'never seen' END AS plan,
      CASE WHEN i = 5 THEN NULL WHEN (i * 7) % 60 < 25 THEN 'yes' ELSE 'no' END AS churn
    FROM range(150) AS rows(i)
  ) TO '${join(folder, 'test', 'data.parquet')}' (FORMAT parquet)`)
  model = {
    kind: 'model',
    hash: 'model',
    path: join(folder, 'model'),
    bytes: 1,
    meta: { task: goal.task, target: goal.target, estimator: 'linear', summary: 'made for a test' },
  }
  heldOut = { kind: 'dataset', hash: 'test rows', path: join(folder, 'test'), bytes: 1, meta: { rows: 150, schema: { columns: [...columns] } } }
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true })
})

const params = report.params.parse({})

function context(warned: string[] = []): StageContext {
  const refuse = (): never => {
    throw new Error('an evaluation needs none of this')
  }
  return {
    goal,
    rng: createRng(9),
    seed: 9,
    clock: { now: () => 0, monotonic: () => 0, processor: () => 0 },
    log: { debug: () => undefined, info: () => undefined, warn: (message) => warned.push(message), error: () => undefined },
    data: engine,
    kernels: refuse,
    memoryBytes: 1 << 28,
    outputFolder: async (name) => {
      const path = await mkdtemp(join(folder, name))
      return path
    },
    writeFile: (path, name, data) => writeFile(join(path, name), data),
    readFile: (artifact, name) => readFile(join(artifact.path, name)),
    resolvePath: refuse,
    progress: () => undefined,
    measure: () => undefined,
    throwIfAborted: () => undefined,
  }
}

describe('evaluate/report', () => {
  test('reads model and test rows, and writes a report whose meta carries the metrics', async () => {
    const warned: string[] = []
    const outputs = await report.run({ params, inputs: { model, test: heldOut } }, context(warned))
    const draft = outputs['report']
    const written = evaluationReportSchema.parse(JSON.parse(await readFile(join(draft?.path ?? '', 'report.json'), 'utf8')))
    const { low, high } = written.primary.interval ?? { low: 0, high: 0 }
    expect(draft?.meta).toEqual({ task: goal.task, rows: 149, metrics: written.metrics, baseline: written.baseline.metrics, interval: { metric: 'roc_auc', low, high } })
    expect(written.importance).toMatchObject({ metric: 'roc_auc', rows: 149, repeats: 5 })
    expect(written.importance?.columns[0]?.drop).toBeGreaterThan(0.1)
    expect(written.model).toEqual({ estimator: 'linear', summary: 'made for a test', trainingRows: 200 })
    expect(written.metrics['roc_auc']).toBeGreaterThan(0.9)
    expect(written.baseline.metrics['roc_auc']).toBe(0.5)
    expect(written.primary.interval?.low).toBeLessThan(written.primary.value ?? 0)
    expect(warned.at(-1)).toBe('1 test row without a target was left out.')
    const page = await readFile(join(draft?.path ?? '', 'report.html'), 'utf8')
    expect(page).toContain('Evaluation of churn')
    expect(page).toContain('linear, as asked &lt;b&gt;')
    for (const part of ['Curves', 'Right and wrong', 'Thresholds', 'Parts of the data', 'Metrics', 'How it was chosen', 'The model']) expect(page).toContain(`-title">${part}</h2>`)
    expect(page).not.toMatch(/<script|NaN|undefined/)
  })

  test('looks at the parts that it was asked for, and prices mistakes', async () => {
    const asked = report.params.parse({ slices: ['plan'], costs: { falsePositive: 1, falseNegative: 10 } })
    const outputs = await report.run({ params: asked, inputs: { model, test: heldOut } }, context())
    const written = evaluationReportSchema.parse(JSON.parse(await readFile(join(outputs['report']?.path ?? '', 'report.json'), 'utf8')))
    expect(written.slices.map(({ column, value }) => [column, value])).toEqual([['plan', 'monthly'], ['plan', 'never seen'], ['plan', 'missing']])
    if (written.detail.kind !== 'classification') throw new Error('kind')
    expect(written.detail.thresholds.filter(({ marks }) => marks.includes('least cost'))).toHaveLength(1)
    expect(written.detail.thresholds.find(({ threshold }) => threshold === 0.5)?.marks).toContain('used for predictions')
  })

  test('a sample of the test rows says that it is one', async () => {
    const warned: string[] = []
    const outputs = await report.run({ params: report.params.parse({ rows: 50 }), inputs: { model, test: heldOut } }, context(warned))
    const written = evaluationReportSchema.parse(JSON.parse(await readFile(join(outputs['report']?.path ?? '', 'report.json'), 'utf8')))
    expect(written.rows).toBeGreaterThanOrEqual(49)
    expect(written.rows).toBeLessThanOrEqual(50)
    expect(warned).toContain(`A sample of the test part, spread evenly, was evaluated: ${written.rows} of 150 rows.`)
  })

  test('a part by a column that is not there is an error with a suggestion', async () => {
    const failed = await report.run({ params: report.params.parse({ slices: ['plann'] }), inputs: { model, test: heldOut } }, context()).catch(toErrorData)
    expect(failed).toMatchObject({ code: 'invalid-parameter', message: '`slices` of evaluate/report names it. Did you mean "plan"?' })
  })

  test('the same seed writes the same bytes', async () => {
    const read = async (): Promise<string> => {
      const outputs = await report.run({ params, inputs: { model, test: heldOut } }, context())
      return readFile(join(outputs['report']?.path ?? '', 'report.json'), 'utf8')
    }
    expect(await read()).toBe(await read())
  })

  test('rows that the model was trained on are a warning', async () => {
    const warned: string[] = []
    await report.run({ params, inputs: { model, test: { ...heldOut, hash: 'training rows' } } }, context(warned))
    expect(warned[0]).toContain('trained on these very rows')
  })

  test('data without the target is an error that names it', async () => {
    const without = { ...heldOut, meta: { rows: 150, schema: { columns: columns.filter(({ name }) => name !== 'churn') } } }
    const failed = await report.run({ params, inputs: { model, test: without } }, context()).catch(toErrorData)
    expect(failed).toMatchObject({ code: 'invalid-data', headline: 'The test data has no column "churn"' })
  })
})
