import { describe, expect, test } from 'vitest'
import { toErrorData } from '../../../../src/shared/errors.ts'
import { evaluationReportSchema, type EvaluationReport } from '../../../../src/shared/domain/evaluation.ts'
import type { Goal } from '../../../../src/shared/domain/task.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { mostProbable } from '../../../../src/main/learn/metrics/metric.ts'
import type { Model, TargetSummary } from '../../../../src/main/learn/model/model.ts'
import { evaluateModel, readTestTarget } from '../../../../src/main/stages/evaluate/evaluate.ts'
import type { Column } from '../../../../src/main/table/column.ts'
import type { Prediction } from '../../../../src/main/table/matrix.ts'
import { categories, numbers } from '../../learn/columns.ts'

function modelOf(goal: Goal, classes: readonly string[], baseline: TargetSummary): Model {
  return {
    goal,
    classes,
    baseline,
    estimator: { id: 'linear', params: {} },
    members: [],
    summary: 'made for a test',
    importance: [],
    rows: 100,
    validation: undefined,
    samples: [],
    lineage: {},
  }
}

const churn = modelOf({ task: 'binary-classification', target: 'churn', positive: 'yes' }, ['no', 'yes'], { kind: 'classes', counts: [70, 30] })
const pets = modelOf({ task: 'multiclass-classification', target: 'pet' }, ['cat', 'dog', 'eel'], { kind: 'classes', counts: [50, 30, 20] })
const price = modelOf({ task: 'regression', target: 'price' }, [], { kind: 'numbers', mean: 10, deviation: 2 })

/** Probabilities of the second of two classes. */
function chances(...positive: readonly number[]): Prediction {
  return { kind: 'classes', classes: ['no', 'yes'], probabilities: Float64Array.from(positive.flatMap((p) => [1 - p, p])) }
}

/** Sure predictions. */
function sure(classes: readonly string[], names: readonly string[]): Prediction {
  return { kind: 'classes', classes, probabilities: Float64Array.from(names.flatMap((name) => classes.map((one) => (one === name ? 1 : 0)))) }
}

function evaluate(model: Model, truth: Column, prediction: Prediction, sawRows = false): EvaluationReport {
  return evaluationReportSchema.parse(evaluateModel({ model, reading: readTestTarget(model, truth), prediction, sawRows, sliceBy: [] }, createRng(1)))
}

describe('binary classification', () => {
  const truth = categories('churn', ['yes', 'no', 'no', 'yes', 'no'])
  const report = evaluate(churn, truth, chances(0.9, 0.2, 0.6, 0.4, 0.1))

  test('metrics, confusion and the baseline on the same rows', () => {
    expect(report.rows).toBe(5)
    expect(report.metrics).toMatchObject({ roc_auc: 5 / 6, accuracy: 3 / 5, precision: 1 / 2, recall: 1 / 2 })
    expect(report.baseline.metrics).toMatchObject({ roc_auc: 0.5, accuracy: 3 / 5, precision: 0, recall: 0 })
    expect(report.detail).toMatchObject({
      kind: 'classification',
      classes: [
        { name: 'no', trainingRows: 70, testRows: 3 },
        { name: 'yes', trainingRows: 30, testRows: 2 },
      ],
      confusion: [
        [2, 1],
        [1, 1],
      ],
    })
  })

  test('curves go from corner to corner', () => {
    if (report.detail.kind !== 'classification') throw new Error('kind')
    const [curves] = report.detail.curves
    expect(curves?.class).toBe('yes')
    expect(curves?.roc.map((point) => [point.threshold, point.falsePositiveRate, point.truePositiveRate])).toEqual([
      [null, 0, 0],
      [0.9, 0, 0.5],
      [0.6, 1 / 3, 0.5],
      [0.4, 1 / 3, 1],
      [0.2, 2 / 3, 1],
      [0.1, 1, 1],
    ])
    expect(curves?.precisionRecall.map((point) => [point.recall, point.precision])).toEqual([
      [0, 1],
      [0.5, 1],
      [0.5, 0.5],
      [1, 2 / 3],
    ])
    expect(curves?.calibration.map((group) => [group.predicted, group.observed, group.rows])).toEqual([
      [0.1, 0, 1],
      [0.2, 0, 1],
      [0.4, 1, 1],
      [0.6, 0, 1],
      [0.9, 1, 1],
    ])
  })

  test('in words', () => {
    expect(report.comparison).toEqual([
      expect.stringMatching(/^ROC AUC 0\.833 \(95 % interval 0\.\d+ to 1\) against 0\.500 for always guessing the most common class of the training rows\.$/),
      'The predicted class is right for 60.0 % of the rows; always guessing the most common class of the training rows is right for 60.0 %.',
      'Of 100 rows that it calls "yes", 50 are; of 100 rows that are "yes", it finds 50.',
    ])
    expect(report.warnings).toEqual([
      'The test part has only 5 test rows: another split could give quite different figures.',
      'Fewer than 10 test rows are of the class "no", "yes": figures about it are rough.',
    ])
  })

  test('a class that no test row has: no curve, no ROC AUC, and it is said', () => {
    const one = evaluate(churn, categories('churn', ['no', 'no']), chances(0.3, 0.6))
    expect(one.metrics).not.toHaveProperty('roc_auc')
    expect(one.primary).toEqual({ metric: 'roc_auc', label: 'ROC AUC', greaterIsBetter: true })
    expect(one.comparison[0]).toBe('These test rows do not define the ROC AUC.')
    expect(one.warnings).toContain('No test row is of the class "yes": how well it is recognised is not known.')
    expect(one.detail).toMatchObject({ curves: [] })
  })

  test('no better than nothing is said', () => {
    const worse = evaluate(churn, truth, chances(0.1, 0.8, 0.4, 0.6, 0.9))
    expect(worse.comparison[0]).toContain('no better than knowing nothing about the rows')
  })

  test('rows that the model was trained on are a warning', () => {
    expect(evaluate(churn, truth, chances(0.9, 0.2, 0.6, 0.4, 0.1), true).warnings[0]).toContain('trained on these very rows')
  })
})

describe('several classes', () => {
  test('a class that training did not see counts as mistakes, and it is said', () => {
    const truth = categories('pet', ['cat', 'dog', 'eel', 'fox', 'cat', null])
    const reading = readTestTarget(pets, truth)
    expect([...reading.rows]).toEqual([0, 1, 2, 3, 4])
    const report = evaluate(pets, truth, sure(pets.classes, ['cat', 'dog', 'cat', 'cat', 'cat']))
    expect(report.metrics).toMatchObject({ accuracy: 3 / 5 })
    expect(report.metrics['log_loss']).toBeCloseTo((2 * -Math.log(1e-15)) / 5, 6)
    expect(report.detail).toMatchObject({
      classes: [{ name: 'cat' }, { name: 'dog' }, { name: 'eel' }, { name: 'fox', trainingRows: 0, testRows: 1 }],
      confusion: [[2, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]],
    })
    expect(report.warnings).toEqual(
      expect.arrayContaining([
        '1 test row has a class that the training rows do not hold ("fox"); the model cannot predict it, so they count as mistakes.',
        '1 test row without a target was left out.',
      ]),
    )
    expect(report.comparison).toContain('Its most frequent mistake is to take "eel" for "cat" (1 row).')
  })

  test('the baseline guesses the most common class of the training rows', () => {
    const report = evaluate(pets, categories('pet', ['dog', 'dog', 'cat']), sure(pets.classes, ['dog', 'dog', 'cat']))
    expect(report.baseline.metrics['accuracy']).toBeCloseTo(1 / 3, 12)
    expect(report.comparison[0]).toBe('Accuracy 1 (95 % interval 1 to 1) against 0.333 for always guessing the most common class of the training rows.')
    expect(report.comparison).toContain('It makes no mistake on these rows.')
  })

  test('equal probabilities: the first class', () => {
    expect([...mostProbable(Float64Array.of(0.5, 0.5, 0.2, 0.8), 2)]).toEqual([0, 1])
  })
})

describe('regression', () => {
  const report = evaluate(price, numbers('price', [8, 10, 12, 14]), { kind: 'numbers', values: Float64Array.of(9, 10, 12, 12) })

  test('metrics, residuals and a sample in the order of the rows', () => {
    expect(report.metrics).toMatchObject({ rmse: Math.sqrt(5 / 4), mae: 3 / 4, r2: 1 - 5 / 20, median_absolute_error: 0.5 })
    expect(report.baseline.metrics).toMatchObject({ rmse: Math.sqrt(6) })
    if (report.detail.kind !== 'regression') throw new Error('kind')
    const { residuals, sample } = report.detail
    expect(residuals.mean).toBe(0.25)
    expect(residuals.quantiles.map(({ value }) => value).filter((_value, index) => index === 0 || index === 3 || index === 6)).toEqual([-1, 0, 2])
    expect(residuals.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
    expect([residuals.histogram.edges[0], residuals.histogram.edges.at(-1)]).toEqual([-1, 2])
    expect(sample).toEqual([
      { truth: 8, prediction: 9 },
      { truth: 10, prediction: 10 },
      { truth: 12, prediction: 12 },
      { truth: 14, prediction: 12 },
    ])
  })

  test('in words', () => {
    expect(report.comparison[0]).toMatch(/^RMSE 1\.118 \(95 % interval .* to .*\) against 2\.449 for always predicting the mean of the training rows\.$/)
    expect(report.comparison).toContain('It explains 75.0 % of the variance of "price".')
    expect(report.comparison).toContain('Half of the predictions are within 0.500 of the truth.')
  })

  test('a perfect and an absurdly wrong prediction are reports too', () => {
    expect(evaluate(price, numbers('price', [3, 3]), { kind: 'numbers', values: Float64Array.of(3, 3) }).metrics).toEqual({ rmse: 0, mae: 0, median_absolute_error: 0, max_error: 0, mape: 0, mean_poisson_deviance: 0 })
    const absurd = evaluate(price, numbers('price', [1e308, -1e308]), { kind: 'numbers', values: Float64Array.of(-1e308, 1e308) })
    expect(absurd.rows).toBe(2)
  })
})

test('no row with a target is an error', () => {
  for (const truth of [categories('churn', []), categories('churn', [null, null])]) {
    try {
      evaluate(churn, truth, chances())
      expect.unreachable()
    } catch (error) {
      expect(toErrorData(error)).toMatchObject({ code: 'invalid-data', headline: 'There are no test rows to evaluate the model on' })
    }
  }
})

test('the same seed gives the same report', () => {
  const truth = categories('churn', Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? 'yes' : 'no')))
  const prediction = chances(...Array.from({ length: 60 }, (_, row) => ((row * 37) % 60) / 60))
  expect(evaluate(churn, truth, prediction)).toEqual(evaluate(churn, truth, prediction))
})
