import type { Prediction } from '../../table/matrix.ts'
import { forPart, type FitContext } from '../fit-context.ts'
import type { Metric } from '../metrics/metric.ts'
import { averagePredictions, type Share } from '../model/average.ts'
import { applyRecipe } from '../recipe/apply.ts'
import type { Contender } from './contender.ts'
import { createFolds } from './folds.ts'
import { deviationOf, meanOf } from './race.ts'
import { prepare, selectTarget, selectTraining, type Judges, type TrainingSet } from './training-set.ts'

/** How a model fares when it learns from fewer rows: means and deviations over the folds. */
export type LearningCurvePoint = {
  /** Mean number of rows learnt from. */
  readonly rows: number
  /** The metric on rows it had not seen. */
  readonly validation: { readonly mean: number; readonly deviation: number }
  /** The metric on the rows it learnt from. */
  readonly training: { readonly mean: number; readonly deviation: number }
}

const SHARES = [0.1, 0.2, 0.4, 0.7, 1]
const FOLDS = 5
/** Fewer rows than this say nothing about learning. */
const FEWEST = 20

type Scores = { readonly rows: number; readonly training: number; readonly validation: number }

async function scoreMembers(set: TrainingSet, members: readonly Share<Contender>[], train: Int32Array, unseen: Judges, metric: Metric, fit: FitContext): Promise<Scores | undefined> {
  const seen = selectTraining(set, train)
  const parts: { seen: Share<Prediction>[]; unseen: Share<Prediction>[] } = { seen: [], unseen: [] }
  for (const [index, { part, weight }] of members.entries()) {
    const { recipe, matrix } = prepare(seen, part.estimator.accepts, fit.rng.fork(`recipe ${index}`))
    const judged = applyRecipe(recipe, unseen.table)
    const validation = set.validation === undefined ? {} : { validation: { matrix: judged, target: unseen.target } }
    const state = await part.estimator.fit(matrix, seen.target, part.params, { ...forPart(fit, `member ${index}`), progress: () => {}, ...validation })
    parts.seen.push({ part: await part.estimator.predict(state, applyRecipe(recipe, seen.table), fit.pool), weight })
    parts.unseen.push({ part: await part.estimator.predict(state, judged, fit.pool), weight })
  }
  const training = metric.compute(seen.target, averagePredictions(parts.seen))
  const validation = metric.compute(unseen.target, averagePredictions(parts.unseen))
  return training === undefined || validation === undefined ? undefined : { rows: train.length, training, validation }
}

function pointOf(scores: readonly Scores[]): LearningCurvePoint {
  const summary = (of: (one: Scores) => number) => ({ mean: meanOf(scores.map(of)), deviation: deviationOf(scores.map(of)) })
  return { rows: Math.round(meanOf(scores.map(({ rows }) => rows))), training: summary(({ training }) => training), validation: summary(({ validation }) => validation) }
}

/** A seeded part of the rows, in tenths, in which every class keeps its share as far as whole rows allow; ascending. */
function partOf(set: TrainingSet, rows: Int32Array, share: number, fit: FitContext): Int32Array {
  if (share === 1) return rows
  const tenths = createFolds(selectTarget(set.target, rows), { folds: 10, repeats: 1 }, fit.rng.fork('tenths'))
  const wanted = tenths.slice(0, Math.round(share * 10)).flatMap(({ test }) => [...test])
  return Int32Array.from(wanted).sort().map((at) => rows[at] as number)
}

type Round = { readonly train: Int32Array; unseen(): Judges }

/** What is learnt from, and what is scored on: the validation rows where there are some, else folds. */
function roundsOf(set: TrainingSet, fit: FitContext): readonly Round[] {
  const { validation } = set
  if (validation !== undefined) return [{ train: Int32Array.from({ length: set.table.rows }, (_, row) => row), unseen: () => validation }]
  const folds = createFolds(set.target, { folds: Math.min(FOLDS, set.table.rows), repeats: 1 }, fit.rng.fork('folds'), set.arrangement)
  return folds.map(({ train, test }) => ({ train, unseen: () => selectTraining(set, test) }))
}

/**
 * The metric against the number of training rows, on the validation rows or by cross-validation on the training rows: 10, 20, 40, 70 and
 * 100 % of those of each fold. Sizes at which the metric is not defined in some fold, or of fewer than 20 rows, are left out.
 */
export async function learningCurve(set: TrainingSet, members: readonly Share<Contender>[], metric: Metric, fit: FitContext): Promise<readonly LearningCurvePoint[]> {
  const rounds = roundsOf(set, fit)
  const points: LearningCurvePoint[] = []
  for (const [step, share] of SHARES.entries()) {
    const scores: (Scores | undefined)[] = []
    for (const [number, { train: all, unseen }] of rounds.entries()) {
      fit.throwIfAborted()
      fit.progress((step + number / rounds.length) / SHARES.length, `learning curve: ${share * 100} % of the rows`)
      const own = forPart(fit, `fold ${number}`, `${share} of the rows,`)
      const train = partOf(set, all, share, own)
      scores.push(train.length < FEWEST ? undefined : await scoreMembers(set, members, train, unseen(), metric, own))
    }
    const found = scores.filter((score) => score !== undefined)
    if (found.length === rounds.length && found.length > 0) points.push(pointOf(found))
  }
  return points
}
