import { describe, expect, test } from 'vitest'
import { thresholdTable } from '../../../../src/main/learn/metrics/thresholds.ts'

const positive = Uint8Array.of(1, 1, 0, 0, 1, 0)
const score = Float64Array.of(0.9, 0.8, 0.7, 0.4, 0.33, 0.1)

describe('threshold table', () => {
  const table = thresholdTable(positive, score, { falsePositive: 1, falseNegative: 5 })
  const at = (threshold: number) => table.find((row) => Math.abs(row.threshold - threshold) < 1e-12)

  test('counts rows at or above each threshold', () => {
    expect(at(0.5)).toMatchObject({ truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 2, precision: 2 / 3, recall: 2 / 3, specificity: 2 / 3, f1: 2 / 3, cost: 6, marks: ['used for predictions'] })
    expect(at(0.95)).toMatchObject({ truePositives: 0, falsePositives: 0, precision: null, recall: 0, specificity: 1, f1: 0 })
  })

  test('marks the best ones', () => {
    expect(at(0.8)?.marks).toEqual(['best F1', 'best recall + specificity'])
    expect(at(0.33)).toMatchObject({ cost: 2, marks: ['least cost'] })
    expect(table.map(({ threshold }) => threshold)).toEqual(table.map(({ threshold }) => threshold).toSorted((a, b) => a - b))
  })

  test('is empty where the rows are of one class', () => {
    expect(thresholdTable(Uint8Array.of(1, 1), Float64Array.of(0.2, 0.3))).toEqual([])
  })
})
