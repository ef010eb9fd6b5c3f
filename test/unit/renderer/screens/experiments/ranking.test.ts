import { describe, expect, test } from 'vitest'
import { BASELINE, filterEntries, optionsOf, rankEntries, runName } from '../../../../../src/renderer/screens/experiments/ranking.ts'
import { madeEntry } from './made-entry.ts'

const validated = (mean: number, metric = 'roc_auc') => ({ validation: { metric, mean, deviation: 0.01 } })

describe('the ranking', () => {
  test('goes by the mean over folds, with the baseline among the runs and runs without a score behind', () => {
    const { rows, basis, metric, scale } = rankEntries([madeEntry('r4', { status: 'failed', model: undefined, validation: null, metrics: undefined, interval: null, baseline: null }), madeEntry('r3', validated(0.81)), madeEntry('r2', validated(0.85)), madeEntry('r1', validated(0.45))])
    expect(basis).toBe('validation')
    expect(metric).toBe('roc_auc')
    expect(rows.map(({ id, rank }) => [id, rank])).toEqual([['r2', 1], ['r3', 2], [BASELINE, 3], ['r1', 4], ['r4', undefined]])
    expect(rows[0]?.score).toEqual({ value: 0.85, low: 0.84, high: 0.86 })
    expect(scale?.[0]).toBeLessThan(0.44)
    expect(scale?.[1]).toBeGreaterThan(0.86)
  })

  test('goes by test rows where that is asked, with their interval', () => {
    const { rows, basis, bases } = rankEntries([madeEntry('r1', { ...validated(0.9), metrics: { roc_auc: 0.7 }, interval: null }), madeEntry('r2', { ...validated(0.8), metrics: { roc_auc: 0.8 } })], 'test')
    expect([basis, bases]).toEqual(['test', ['validation', 'test']])
    expect(rows.map(({ id }) => id)).toEqual(['r2', 'r1', BASELINE])
    expect(rows[0]?.score).toEqual({ value: 0.8, low: 0.82, high: 0.86 })
    expect(rows[1]?.score).toEqual({ value: 0.7, low: undefined, high: undefined })
  })

  test('takes less for better where the metric says so', () => {
    const regression = (run: string, mean: number) => madeEntry(run, { task: 'regression', metrics: { rmse: mean + 1 }, baseline: { rmse: 10 }, interval: null, ...validated(mean, 'rmse') })
    expect(rankEntries([regression('r1', 3), regression('r2', 2)]).rows.map(({ id }) => id)).toEqual(['r2', 'r1', BASELINE])
  })

  test('compares by the metric that most runs were chosen by; the others have no place', () => {
    const { rows, metric } = rankEntries([madeEntry('r1', validated(0.3, 'log_loss')), madeEntry('r2', validated(0.8)), madeEntry('r3', validated(0.7))])
    expect(metric).toBe('roc_auc')
    expect(rows.find(({ id }) => id === 'r1')?.rank).toBeUndefined()
  })

  test('without any score has no scale, and of nothing is empty', () => {
    const bare = madeEntry('r1', { validation: null, metrics: undefined, interval: null, baseline: null })
    expect(rankEntries([bare])).toMatchObject({ scale: undefined, bases: [], rows: [{ id: 'r1', rank: undefined }] })
    expect(rankEntries([]).rows).toEqual([])
  })
})

describe('what is shown', () => {
  test('is of one target: that of the newest run, unless another is chosen', () => {
    const entries = [madeEntry('r3'), madeEntry('r2', { target: 'spend' }), madeEntry('r1', { target: null })]
    expect(filterEntries(entries, {}).map(({ run }) => run)).toEqual(['r3', 'r1'])
    expect(filterEntries(entries, { target: 'spend' }).map(({ run }) => run)).toEqual(['r2', 'r1'])
    expect(filterEntries(entries, { estimator: 'linear' })).toEqual([])
    expect(optionsOf(entries, 'target')).toEqual(['churned', 'spend'])
  })

  test('runs are called by their estimator', () => {
    expect(runName({ estimator: 'gradient-boosting + linear', status: 'succeeded' })).toBe('Gradient boosting + linear')
    expect(runName({ estimator: null, status: 'running' })).toBe('Choosing an estimator')
  })
})
