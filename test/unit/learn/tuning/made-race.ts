import { createRng } from '../../../../src/main/base/rng.ts'
import { selectionMetric } from '../../../../src/main/learn/metrics/index.ts'
import { requireEstimator } from '../../../../src/main/learn/model/index.ts'
import { meritOf, type Entry, type Race } from '../../../../src/main/learn/tuning/race.ts'
import type { Prediction, Target } from '../../../../src/main/table/matrix.ts'

const CLASSES = ['no', 'yes']

/** What a contender of a made race is like: an estimator's id, and the noise in its predictions of what is to be known. */
export type MadeContender = { readonly label: string; readonly estimator: string; readonly noise: number; readonly status?: Entry['status'] }

function targetOf(rows: number, seed: number): Target {
  const rng = createRng(seed)
  return { kind: 'classes', classes: CLASSES, codes: Int32Array.from({ length: rows }, () => (rng.uniform() < 0.2 ? 1 : 0)) }
}

function noisy(target: Target, noise: number, seed: number): Prediction {
  const rng = createRng(seed)
  if (target.kind !== 'classes') throw new Error('a made race has classes')
  const probabilities = Float64Array.from([...target.codes].flatMap((code) => {
    const p = 1 / (1 + Math.exp(-(code * 2 - 1 + noise * rng.normal())))
    return [1 - p, p]
  }))
  return { kind: 'classes', probabilities, classes: CLASSES }
}

/** A finished race of five folds by `repeats`, as if contenders had seen the target through noise of their own. */
export function madeRace(contenders: readonly MadeContender[], { rows = 80, repeats = 2, seed = 1 } = {}): Race {
  const metric = selectionMetric('binary-classification')
  const targets = Array.from({ length: 5 * repeats }, (_, fold) => targetOf(rows, seed * 1000 + fold))
  const entries = contenders.map(({ label, estimator, noise, status = 'finished' }, place): Entry => {
    const predictions = targets.map((target, fold) => noisy(target, noise, seed * 1_000_000 + place * 1000 + fold))
    const merits = targets.map((target, fold) => meritOf(metric, target, predictions[fold] as Prediction) ?? Number.NaN)
    return { contender: { label, estimator: requireEstimator(estimator), params: {} }, merits, predictions, seconds: 1, status, note: undefined }
  })
  return { entries, folds: targets.length, testShare: 0.25, targets, repeats: targets.map((_, fold) => Math.floor(fold / 5)) }
}
