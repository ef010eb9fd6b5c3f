import { beforeAll, describe, expect, test } from 'vitest'
import type { PredictionField, Row } from '../../../src/shared/domain/prediction.ts'
import { modelInputs, predictModel, type Model } from '../../../src/main/learn/model/index.ts'
import { predictRow, type Usual } from '../../../src/main/serving/predict-row.ts'
import type { Predictor } from '../../../src/main/serving/predictor.ts'
import { usualFields } from '../../../src/main/serving/usual-values.ts'
import { madeModel, madeTrainingSet } from '../learn/model/made-model.ts'

function predictorOf(model: Model): Predictor {
  return { model, inputs: modelInputs(model), predictTable: (table, ctx) => predictModel(model, table, ctx) }
}

let binary: Predictor
let usual: Usual
beforeAll(async () => {
  const set = madeTrainingSet()
  binary = predictorOf(await madeModel(['linear'], set))
  const fields: PredictionField[] = usualFields(binary.inputs, set.table).fields
  usual = { fields, texts: new Map([['plan', new Set(['basic', 'plus', 'pro'])]]) }
})

describe('the prediction of one row', () => {
  test('has the probabilities of the classes and what each column changes', async () => {
    const row: Row = { tenure: 2, plan: 'basic' }
    const said = await predictRow(binary, row, usual)
    expect(said).toMatchObject({ prediction: 'yes', about: 'yes', unseen: [] })
    expect(said.classes.map(({ name }) => name)).toEqual(['no', 'yes'])
    expect(said.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
    const tenure = said.changes.find(({ column }) => column === 'tenure')
    const own = said.classes[1]?.probability ?? 0
    expect(tenure?.change).toBeCloseTo(own - (tenure?.value ?? 0), 12)
    expect(tenure?.change).toBeGreaterThan(0)
    const withUsual = await predictRow(binary, { ...row, tenure: tenure?.usual ?? null }, usual)
    expect(withUsual.classes[1]?.probability).toBeCloseTo(tenure?.value ?? 0, 12)
    expect(withUsual.changes.some(({ column }) => column === 'tenure')).toBe(false)
  })

  test('says which texts no training row had', async () => {
    expect((await predictRow(binary, { tenure: 2, plan: 'gold' }, usual)).unseen).toEqual(['plan'])
    expect((await predictRow(binary, { tenure: 2, plan: null }, usual)).unseen).toEqual([])
  })

  test('without knowing what is usual, says only what it predicts', async () => {
    expect(await predictRow(binary, { tenure: 2, plan: 'pro' }, undefined)).toMatchObject({ changes: [], unseen: [] })
  })

  test('of a number is the number', async () => {
    const set = madeTrainingSet(120, 'regression')
    const said = await predictRow(predictorOf(await madeModel(['linear'], set)), { tenure: 60, plan: 'pro' }, undefined)
    expect(said).toMatchObject({ classes: [], about: null })
    expect(said.prediction).toBeGreaterThan(2)
  })

  test('of several classes explains the one that is predicted', async () => {
    const set = madeTrainingSet(200, 'multiclass-classification')
    const said = await predictRow(predictorOf(await madeModel(['linear'], set)), { tenure: 60, plan: 'pro' }, undefined)
    expect(said).toMatchObject({ prediction: 'never', about: 'never' })
    expect(said.classes).toHaveLength(3)
  })

  test('names the fields that cannot be taken', async () => {
    await expect(predictRow(binary, { tenure: 'old', plan: 'pro' }, usual)).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'tenure' } } })
  })
})
