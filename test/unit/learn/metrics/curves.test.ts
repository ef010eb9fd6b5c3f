import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { bootstrapIntervals, type Interval, type Predicted } from '../../../../src/main/learn/metrics/bootstrap.ts'
import { calibrationError, calibrationPoints, capturedAt, classCurves, thin } from '../../../../src/main/learn/metrics/curves.ts'
import { metricsOf } from '../../../../src/main/learn/metrics/index.ts'
import { createRanking } from '../../../../src/main/learn/metrics/ranking.ts'
import { rmse } from '../../../../src/main/learn/metrics/rmse.ts'
import { rocAuc } from '../../../../src/main/learn/metrics/roc-auc.ts'
import { summariseResiduals } from '../../../../src/main/learn/metrics/residuals.ts'

function scored(rows: number, seed: number): { positive: Uint8Array; score: Float64Array } {
  const rng = createRng(seed)
  const score = Float64Array.from({ length: rows }, () => rng.uniform())
  return { score, positive: Uint8Array.from(score, (value) => (rng.uniform() < value ? 1 : 0)) }
}

describe('curves of many rows', () => {
  const { positive, score } = scored(20_000, 5)
  const curves = classCurves('yes', positive, score)

  test('have at most 200 points with exact ends, and keep the area', () => {
    expect(curves?.roc.length).toBeGreaterThan(150)
    expect(curves?.roc.length).toBeLessThanOrEqual(200)
    expect(curves?.precisionRecall.length).toBeLessThanOrEqual(200)
    expect(curves?.roc[0]).toEqual({ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 })
    expect(curves?.roc.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 })
    expect(curves?.precisionRecall.at(-1)?.recall).toBe(1)
    let area = 0
    for (const [index, point] of (curves?.roc ?? []).entries()) {
      const before = curves?.roc[index - 1]
      if (before !== undefined) area += ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2
    }
    expect(area).toBeCloseTo(createRanking(positive, score).rocArea() ?? Number.NaN, 3)
  })

  test('calibration: ten groups of equal size, on the diagonal where the probabilities are right', () => {
    expect(curves?.calibration.map(({ rows }) => rows)).toEqual(Array.from({ length: 10 }, () => 2000))
    for (const { predicted, observed } of curves?.calibration ?? []) expect(Math.abs(predicted - observed)).toBeLessThan(0.04)
  })
})

test('gain: what is found among the first rows, on straight lines between the points', () => {
  const gain = classCurves('yes', Uint8Array.of(1, 1, 0, 0), Float64Array.of(0.9, 0.8, 0.7, 0.1))?.gain ?? []
  expect(gain).toEqual([
    { share: 0, captured: 0 },
    { share: 0.25, captured: 0.5 },
    { share: 0.5, captured: 1 },
    { share: 0.75, captured: 1 },
    { share: 1, captured: 1 },
  ])
  expect([0, 0.1, 0.375, 1].map((share) => capturedAt(gain, share))).toEqual([0, 0.2, 0.75, 1])
})

test('calibration error: the mean distance from the diagonal by rows', () => {
  expect(calibrationError([{ predicted: 0.2, observed: 0.1, rows: 30 }, { predicted: 0.5, observed: 0.8, rows: 10 }])).toBeCloseTo(0.15, 12)
})

test('calibration keeps rows of one score together', () => {
  expect(calibrationPoints(Uint8Array.of(1, 0, 1, 0), Float64Array.of(0.5, 0.5, 0.5, 0.5))).toEqual([{ predicted: 0.5, observed: 0.5, rows: 4 }])
})

test('thin keeps short lists as they are and spreads long ones', () => {
  expect(thin([{ at: 0 }, { at: 1 }], ({ at }) => at)).toEqual([{ at: 0 }, { at: 1 }])
  const few = thin(Array.from({ length: 1000 }, (_, at) => ({ at })), ({ at }) => at, 12).map(({ at }) => at)
  expect(few).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999])
  expect(thin(Array.from({ length: 1000 }, () => ({ at: 0 })), ({ at }) => at, 10).length).toBeLessThanOrEqual(10)
})

describe('bootstrap interval', () => {
  const classes = ['no', 'yes']
  const of = (predicted: Predicted): Interval | undefined => bootstrapIntervals([rmse], predicted, createRng(3))['rmse']

  test('of a ROC AUC agrees with the formula of Hanley and McNeil', () => {
    const { positive, score } = scored(2000, 11)
    const area = createRanking(positive, score).rocArea() ?? Number.NaN
    const [q1, q2] = [area / (2 - area), (2 * area * area) / (1 + area)]
    const p = positive.reduce((sum, value) => sum + value, 0)
    const n = 2000 - p
    const error = Math.sqrt((area * (1 - area) + (p - 1) * (q1 - area * area) + (n - 1) * (q2 - area * area)) / (p * n))
    const probabilities = Float64Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? 1 - (score[at >> 1] ?? 0) : (score[at >> 1] ?? 0)))
    const predicted = { target: { kind: 'classes', codes: Int32Array.from(positive), classes }, prediction: { kind: 'classes', probabilities, classes } } as const
    const interval = bootstrapIntervals([rocAuc], predicted, createRng(1))['roc_auc']
    expect(interval?.resamples).toBe(300)
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / (2 * 1.96 * error)).toBeCloseTo(1, 0)
    expect(interval?.low).toBeLessThan(area)
    expect(interval?.high).toBeGreaterThan(area)
  })

  test('of more rows is narrower, also beyond the rows that are drawn', () => {
    const width = (rows: number): number => {
      const rng = createRng(2)
      const values = Float64Array.from({ length: rows }, () => rng.normal())
      const interval = of({ target: { kind: 'numbers', values }, prediction: { kind: 'numbers', values: new Float64Array(rows) } })
      return (interval?.high ?? 0) - (interval?.low ?? 0)
    }
    expect(width(4000) / width(1000)).toBeCloseTo(0.5, 0)
    expect(width(400_000) / width(100_000)).toBeCloseTo(0.5, 0)
  })

  test('is not given where the metric is not defined, or for a single row', () => {
    const none = { kind: 'classes', codes: Int32Array.of(0, 0), classes } as const
    const prediction = { kind: 'classes', probabilities: Float64Array.of(1, 0, 0, 1), classes } as const
    expect(bootstrapIntervals([rocAuc], { target: none, prediction }, createRng(1))).toEqual({})
    const one = { kind: 'numbers', values: Float64Array.of(1) } as const
    expect(of({ target: one, prediction: one })).toBeUndefined()
  })

  test('every metric of a task has one that holds its value', () => {
    const { positive, score } = scored(500, 3)
    const probabilities = Float64Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? 1 - (score[at >> 1] ?? 0) : (score[at >> 1] ?? 0)))
    const target = { kind: 'classes', codes: Int32Array.from(positive), classes } as const
    const prediction = { kind: 'classes', probabilities, classes } as const
    const intervals = bootstrapIntervals(metricsOf('binary-classification'), { target, prediction }, createRng(1))
    for (const metric of metricsOf('binary-classification')) {
      const value = metric.compute(target, prediction) ?? Number.NaN
      const { low, high } = intervals[metric.id] ?? { low: Number.NaN, high: Number.NaN }
      expect(low, metric.id).toBeLessThan(value)
      expect(high, metric.id).toBeGreaterThan(value)
    }
  })

  test('stops when the user cancels', () => {
    const rows = { kind: 'numbers', values: Float64Array.of(1, 2, 3) } as const
    expect(() =>
      bootstrapIntervals([rmse], { target: rows, prediction: rows }, createRng(1), () => {
        throw new Error('cancelled')
      }),
    ).toThrow('cancelled')
  })
})

test('residuals that are all the same make one bar', () => {
  expect(summariseResiduals(Float64Array.of(2, 3), Float64Array.of(1, 2)).histogram).toEqual({ edges: [1, 1], counts: [2] })
})
