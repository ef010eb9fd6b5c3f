import { describe, expect, test } from 'vitest'
import { taskSchema, type Task } from '../../src/shared/domain/task.ts'
import { createRng } from '../../src/main/base/rng.ts'
import { findMetric, metrics, metricsOf, primaryMetric, selectionMetric } from '../../src/main/learn/metrics/index.ts'
import type { Metric } from '../../src/main/learn/metrics/metric.ts'
import type { Prediction, Target } from '../../src/main/table/matrix.ts'

const tasks = taskSchema.options
const classesOf: Record<Task, readonly string[]> = { 'binary-classification': ['no', 'yes'], 'multiclass-classification': ['a', 'b', 'c'], regression: [] }

type Rows = { readonly target: Target; readonly prediction: Prediction }

/** `rows` rows whose prediction is `trust` parts truth and the rest noise. */
function draw(task: Task, rows: number, trust: number): Rows {
  const rng = createRng(7)
  if (task === 'regression') {
    const values = Float64Array.from({ length: rows }, () => 10 + rng.normal())
    return { target: { kind: 'numbers', values }, prediction: { kind: 'numbers', values: values.map((value) => value + (1 - trust) * rng.normal()) } }
  }
  const classes = classesOf[task]
  const codes = Int32Array.from({ length: rows }, (_, row) => row % classes.length)
  const probabilities = new Float64Array(rows * classes.length)
  for (let row = 0; row < rows; row++) {
    const noise = classes.map(() => -Math.log(1 - rng.uniform()))
    const sum = noise.reduce((total, value) => total + value, 0)
    for (let k = 0; k < classes.length; k++) probabilities[row * classes.length + k] = trust * (codes[row] === k ? 1 : 0) + ((1 - trust) * (noise[k] ?? 0)) / sum
  }
  return { target: { kind: 'classes', codes, classes }, prediction: { kind: 'classes', probabilities, classes } }
}

function reversed({ target, prediction }: Rows): Rows {
  if (target.kind === 'numbers' || prediction.kind === 'numbers') {
    if (target.kind !== prediction.kind) throw new Error('mixed')
    return { target: { kind: 'numbers', values: (target as { values: Float64Array }).values.toReversed() }, prediction: { kind: 'numbers', values: (prediction as { values: Float64Array }).values.toReversed() } }
  }
  const width = prediction.classes.length
  const rows = target.codes.length
  const probabilities = prediction.probabilities.map((_value, at) => prediction.probabilities[(rows - 1 - Math.floor(at / width)) * width + (at % width)] ?? 0)
  return { target: { ...target, codes: target.codes.toReversed() }, prediction: { ...prediction, probabilities } }
}

function value(metric: Metric, { target, prediction }: Rows): number {
  return metric.compute(target, prediction) ?? Number.NaN
}

test('ids are unique and found; every task has a metric to lead with and one to choose by', () => {
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length)
  for (const metric of metrics) expect(findMetric(metric.id)).toBe(metric)
  for (const task of tasks) {
    expect(metricsOf(task)).toContain(primaryMetric(task))
    expect(metricsOf(task)).toContain(selectionMetric(task))
  }
})

const cases = metrics.flatMap((metric) => metric.tasks.map((task) => [metric.id, task, metric] as const))

describe.each(cases)('%s of %s', (_id, task, metric) => {
  test('has an id and words', () => {
    expect(metric.id).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/)
    expect(metric.label).not.toBe('')
    expect(metric.help).toMatch(/\.$/)
  })

  test('prefers a perfect prediction to a good one, and a good one to noise', () => {
    const [perfect, good, noise] = [1, 0.5, 0].map((trust) => value(metric, draw(task, 90, trust))) as [number, number, number]
    const sign = metric.greaterIsBetter ? 1 : -1
    expect(sign * perfect).toBeGreaterThanOrEqual(sign * good - 1e-12)
    expect(sign * good).toBeGreaterThan(sign * noise)
  })

  test('does not depend on the order of the rows', () => {
    const rows = draw(task, 60, 0.4)
    expect(value(metric, reversed(rows))).toBeCloseTo(value(metric, rows), 12)
  })

  test('is not defined without rows, and a number or nothing for one row', () => {
    const { target, prediction } = draw(task, 0, 1)
    expect(metric.compute(target, prediction)).toBeUndefined()
    const one = draw(task, 1, 0.5)
    const found = metric.compute(one.target, one.prediction)
    expect(found === undefined || Number.isFinite(found)).toBe(true)
  })

  test('refuses rows that do not match', () => {
    const { prediction } = draw(task, 5, 1)
    expect(() => metric.compute(draw(task, 4, 1).target, prediction)).toThrow('differ in length')
  })
})
