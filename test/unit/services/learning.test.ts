import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Candidate } from '#shared/domain/choice.ts'
import type { Measurement } from '#shared/domain/measurement.ts'
import { compareByFolds } from '../../../src/main/services/compare-folds.ts'
import { candidatesOf, learningOf } from '../../../src/main/services/learning.ts'
import { recordRun, temporaryProject } from '../store/temporary-project.ts'
import { recordModelRun } from './made-model.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(() => place.dispose())

const candidate = (label: string): Candidate => ({ label, estimator: label, params: {}, status: 'finished', folds: 2, mean: 0.8, deviation: 0.01, scores: [0.79, 0.81], note: null })
const validation = { metric: 'roc_auc', mean: 0.8, deviation: 0.01, folds: 5 }
const curve = { learner: 'gradient-boosting', loss: 'log loss', folds: 1, iterations: [0, 1], training: [0.6, 0.5], validation: [0.6, 0.55], best: 1 }
const measured: readonly Measurement[] = [
  { kind: 'fold-score', label: 'linear', estimator: 'linear', metric: 'roc_auc', fold: 0, folds: 5, score: 0.7 },
  { kind: 'fold-score', label: 'linear', estimator: 'linear', metric: 'roc_auc', fold: 1, folds: 5, score: 0.8 },
  { kind: 'iteration', learner: 'gradient-boosting', loss: 'log loss', fold: 0, folds: 1, iteration: 0, training: 0.6, validation: 0.6 },
]

describe('how the learning of a run went', () => {
  test('is read from its model', async () => {
    const run = await recordModelRun(place.project, { choice: { validation }, curves: { formatVersion: 1, iterations: [curve] } })
    expect(await learningOf(place.project, run, [])).toEqual({ live: false, iterations: [curve], byRows: [], metric: 'roc_auc', nothing: null })
  })

  test('says why there is nothing to see', async () => {
    const atOnce = await recordModelRun(place.project, { curves: { formatVersion: 1, iterations: [] } })
    const early = await recordModelRun(place.project, {})
    const { run } = await recordRun(place.project, 'dataset', 'x')
    expect(await learningOf(place.project, atOnce, [])).toMatchObject({ nothing: expect.stringContaining('fits at once') })
    expect(await learningOf(place.project, early, [])).toMatchObject({ nothing: expect.stringContaining('before losses were kept') })
    expect(await learningOf(place.project, String(run), [])).toMatchObject({ nothing: 'This run trained no model.' })
    await expect(learningOf(place.project, 'r0099', [])).rejects.toMatchObject({ data: { code: 'not-found' } })
  })

  test('of a run that goes on is what it has told so far', async () => {
    const run = place.project.runs.start({ pipeline: 'p', pipelineFile: '', seed: 1, at: 1 })
    expect(await learningOf(place.project, String(run), measured)).toMatchObject({ live: true, iterations: [{ learner: 'gradient-boosting', validation: [0.6] }], nothing: null })
    expect(await learningOf(place.project, String(run), [])).toMatchObject({ live: true, nothing: 'Nothing has been measured so far.' })
  })
})

describe('candidates', () => {
  test('come with their share of the model; runs that compared nothing are left out', async () => {
    const run = await recordModelRun(place.project, { choice: { validation, candidates: [candidate('linear'), candidate('forest')], chosen: [{ label: 'forest', weight: 1 }] } })
    const bare = await recordModelRun(place.project, {})
    const found = await candidatesOf(place.project, [run, bare], () => [])
    expect(found).toMatchObject([{ run, metric: 'roc_auc', live: false, automatic: true, candidates: [{ label: 'linear', weight: 0 }, { label: 'forest', weight: 1, scores: [0.79, 0.81] }] }])
  })

  test('of a run that goes on have the folds so far', async () => {
    const run = place.project.runs.start({ pipeline: 'p', pipelineFile: '', seed: 1, at: 1 })
    const [live] = await candidatesOf(place.project, [String(run)], () => measured)
    expect(live).toMatchObject({ live: true, metric: 'roc_auc', candidates: [{ label: 'linear', folds: 2, scores: [0.7, 0.8], status: 'running' }] })
    expect(live?.candidates[0]?.mean).toBeCloseTo(0.75, 12)
  })
})

describe('runs fold by fold', () => {
  const folds = (key: string, scores: readonly number[]) => ({ validation, folds: { key, testShare: 0.25, scores: [...scores] } })

  test('the best is held against every other on the same folds, with a corrected interval', async () => {
    const weak = await recordModelRun(place.project, { choice: folds('k', [0.8, 0.82, 0.81, 0.83, 0.79]), params: { estimator: 'linear' } })
    const strong = await recordModelRun(place.project, { choice: folds('k', [0.82, 0.83, 0.83, 0.84, 0.81]), params: { estimator: 'forest' } })
    const elsewhere = await recordModelRun(place.project, { choice: folds('other', [0.7, 0.7, 0.7, 0.7, 0.7]) })
    const { comparison, folds: scored, differences } = await compareByFolds(place.project, [weak, strong, elsewhere])
    expect(comparison.params).toContainEqual({ step: 'train', param: 'estimator', values: ['linear', 'forest', undefined], differs: true })
    expect(scored.map(({ run }) => run)).toEqual([weak, strong, elsewhere])
    expect(differences).toHaveLength(1)
    const [one] = differences
    expect(one).toMatchObject({ better: strong, other: weak, metric: 'roc_auc', folds: 5 })
    expect(one?.mean).toBeCloseTo(0.016, 10)
    // Deviation of the differences 0.02, 0.01, 0.02, 0.01, 0.02; t of 4 degrees 2.776; √(1/5 + 1/4).
    const half = 2.7764 * 0.0054772 * Math.sqrt(0.45)
    expect(one?.low).toBeCloseTo(0.016 - half, 5)
    expect(one?.high).toBeCloseTo(0.016 + half, 5)
  })

  test('a run whose time was up is compared on the folds that it has, by which the best is found', async () => {
    const short = await recordModelRun(place.project, { choice: folds('k', [0.81, 0.83]) })
    const full = await recordModelRun(place.project, { choice: folds('k', [0.82, 0.85, 0.7, 0.7, 0.7]) })
    const once = await recordModelRun(place.project, { choice: folds('k', [0.9]) })
    const { differences } = await compareByFolds(place.project, [short, full])
    expect(differences).toMatchObject([{ better: full, other: short, folds: 2 }])
    expect(differences[0]?.mean).toBeCloseTo(0.015, 10)
    expect((await compareByFolds(place.project, [full, once])).differences).toEqual([])
  })

  test('runs without fold scores are compared without them', async () => {
    const runs = [await recordModelRun(place.project, {}), await recordModelRun(place.project, {})]
    expect(await compareByFolds(place.project, runs)).toMatchObject({ folds: [], differences: [], comparison: { runs: [{ run: 'r0001' }, { run: 'r0002' }] } })
  })
})
