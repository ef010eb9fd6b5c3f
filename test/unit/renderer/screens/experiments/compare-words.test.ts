import { expect, test } from 'vitest'
import type { FoldDifference } from '#shared/contract/runs.ts'
import { differenceInWords } from '../../../../../src/renderer/screens/experiments/compare-words.ts'

const difference: FoldDifference = { better: 'r2', other: 'r1', metric: 'roc_auc', mean: 0.0038, low: -0.0019, high: 0.0096, folds: 5 }
const about = { nameOf: (run: string) => (run === 'r2' ? 'Boosting' : 'Linear'), fitSeconds: (run: string) => (run === 'r2' ? 46 : 10) }

test('a difference that may be chance says that the other may be enough, and what it saves', () => {
  expect(differenceInWords(difference, about)).toEqual({
    said: 'Boosting scores +0.0038 ROC AUC against Linear (95\u00A0% interval −0.0019 to +0.0096, the same 5 folds).',
    meaning: 'The interval includes 0, and it is fitted 4.6× faster: Linear may be enough.',
  })
})

test('a clear difference says so, whichever way the metric goes', () => {
  expect(differenceInWords({ ...difference, low: 0.001 }, about).meaning).toContain('leaves out 0')
  expect(differenceInWords({ ...difference, metric: 'rmse', mean: -2, low: -3, high: -1 }, about).meaning).toContain('leaves out 0')
  expect(differenceInWords({ ...difference, metric: 'rmse', mean: -2, low: -5, high: 1 }, { ...about, fitSeconds: () => null }).meaning).toBe('The interval includes 0: Linear may be enough.')
})
