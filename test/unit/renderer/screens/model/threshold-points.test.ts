import { describe, expect, test } from 'vitest'
import { savingInWords } from '../../../../../src/renderer/screens/model/quality/threshold-pane.tsx'
import { cheapest, costOf, pointAt, precisionOf, probabilityBins, recallOf, thresholdsOf } from '../../../../../src/renderer/screens/model/quality/threshold-points.ts'
import { wilson } from '../../../../../src/renderer/screens/model/quality/wilson.ts'
import { madeReport } from './made-report.ts'

/** Ten rows: positives at 0.9, 0.8, 0.3; negatives at 0.7 and six below 0.25. */
const thresholds = thresholdsOf(madeReport().detail)

describe('a threshold', () => {
  if (thresholds === undefined) throw new Error('two classes have thresholds')

  test('counts right and wrong as the curve has them', () => {
    expect(pointAt(thresholds, 0.5)).toEqual({ threshold: 0.5, truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 6 })
    expect(pointAt(thresholds, 0.75)).toMatchObject({ truePositives: 2, falsePositives: 0 })
    expect(pointAt(thresholds, 1)).toMatchObject({ truePositives: 0, falsePositives: 0, falseNegatives: 3, trueNegatives: 7 })
    expect(pointAt(thresholds, 0)).toMatchObject({ truePositives: 3, falsePositives: 7 })
    expect(precisionOf(pointAt(thresholds, 0.5))).toBeCloseTo(2 / 3, 12)
    expect(recallOf(pointAt(thresholds, 0.5))).toBeCloseTo(2 / 3, 12)
    expect(precisionOf(pointAt(thresholds, 1))).toBeUndefined()
  })

  test('has the rows of the table where the curve leaves a point out', () => {
    const { detail } = madeReport()
    if (detail.kind !== 'classification') throw new Error('made of classes')
    const thinned = thresholdsOf({ ...detail, curves: detail.curves.map((curve) => ({ ...curve, roc: curve.roc.filter(({ threshold }) => threshold === null || threshold > 0.75 || threshold < 0.25) })) })
    expect(thinned === undefined ? undefined : pointAt(thinned, 0.5)).toMatchObject({ truePositives: 2, falsePositives: 1 })
  })

  test('costs what its mistakes cost, and the cheapest one follows the costs', () => {
    expect(costOf(pointAt(thresholds, 0.5), { falsePositive: 10, falseNegative: 100 })).toBe(110)
    // A miss at 0.8 and a false alarm at 0.3 cost the same: the one nearer to 0.5.
    expect(cheapest(thresholds, { falsePositive: 1, falseNegative: 1 })?.threshold).toBe(0.3)
    expect(cheapest(thresholds, { falsePositive: 1, falseNegative: 100 })?.threshold).toBe(0.3)
    expect(cheapest(thresholds, { falsePositive: 100, falseNegative: 1 })?.threshold).toBe(0.8)
  })

  test('says what it saves against the usual one', () => {
    expect(savingInWords(thresholds, { falsePositive: 1, falseNegative: 1 }, 0.5)).toBe('At 0.50, 2 of the test rows are called wrong.')
    expect(savingInWords(thresholds, { falsePositive: 1, falseNegative: 1 }, 0.75)).toBe('At 0.75, 1 of the test rows are called wrong: 1 fewer than at 0.50.')
    expect(savingInWords(thresholds, { falsePositive: 10, falseNegative: 100 }, 0.3)).toBe('At 0.30, the mistakes on the test rows cost 10: 100 less than at 0.50.')
    expect(savingInWords(thresholds, { falsePositive: 10, falseNegative: 100 }, 0.95)).toBe('At 0.95, the mistakes on the test rows cost 300: 190 more than at 0.50.')
  })

  test('the rows of both classes lie in their bins', () => {
    const { positives, negatives } = probabilityBins(thresholds, 10)
    expect(positives).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 1, 1])
    expect(negatives.reduce((sum, count) => sum + count, 0)).toBe(7)
    expect(negatives[7]).toBe(1)
  })
})

test('numbers and several classes have none', () => {
  const { detail } = madeReport()
  expect(thresholdsOf({ ...detail, kind: 'classification', thresholds: [] } as typeof detail)).toBeUndefined()
  expect(thresholdsOf({ kind: 'regression', residuals: { mean: 0, deviation: 1, quantiles: [], histogram: { edges: [], counts: [] } }, sample: [] })).toBeUndefined()
})

test.each([
  // Wilson (1927): 0 of 10, 5 of 10, 10 of 10.
  [0, 10, 0, 0.2775],
  [0.5, 10, 0.2366, 0.7634],
  [1, 10, 0.7225, 1],
])('a share of %d in %d rows lies in %d … %d', (share, rows, low, high) => {
  expect(wilson(share, rows)[0]).toBeCloseTo(low, 3)
  expect(wilson(share, rows)[1]).toBeCloseTo(high, 3)
})
