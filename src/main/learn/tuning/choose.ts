import type { FoldScore } from '#shared/domain/measurement.ts'
import { sha256 } from '../../base/hash.ts'
import type { FitContext } from '../fit-context.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Share } from '../model/average.ts'
import type { Validation } from '../model/model.ts'
import type { Contender } from './contender.ts'
import { createFolds, repeatsFor, type Fold } from './folds.ts'
import { pickMembers } from './pick-members.ts'
import { deviationOf, meanOf, runRace, scoreOf, type Entry, type Race } from './race.ts'
import type { CandidateRecord } from './candidate-record.ts'
import { reasonOf } from './reason.ts'
import type { TrainingSet } from './training-set.ts'

/** Who won, and what it was chosen from. */
export type Choice = {
  /** The model's members; weights sum to 1. */
  readonly members: readonly Share<Contender>[]
  readonly validation: Validation | undefined
  /** What it was compared on; undefined where nothing was compared. */
  readonly folds: ComparedFolds | undefined
  readonly candidates: readonly CandidateRecord[]
  readonly reason: string
}

/** The folds of a comparison: models that were scored on the same ones can be compared fold by fold. */
export type ComparedFolds = {
  /** Hash of which rows are in which fold. */
  readonly digest: string
  /** Test rows of a fold per training row. */
  readonly testShare: number
  /** Score of what was chosen, fold by fold. */
  readonly scores: readonly number[]
}

export type ChoiceWork = {
  readonly set: TrainingSet
  /** At least one; the most promising first: it is taken where nothing can be compared. */
  readonly contenders: readonly Contender[]
  readonly metric: Metric
  /** 0: no cross-validation. */
  readonly folds: number
  /** True where several contenders may be averaged. */
  readonly blend: boolean
  secondsLeft(): number
  readonly fit: FitContext
  /** Hears every candidate's score on every fold as it comes. */
  onScore?(score: Omit<FoldScore, 'kind'>): void
}

/** Rows below which folds say nothing. */
const FEWEST_ROWS = 10

/** Folds that the data can be split into; 0 where a comparison would say nothing, with the reason. */
function possibleFolds(set: TrainingSet, wanted: number): { folds: number; because: string } {
  if (wanted === 0) return { folds: 0, because: 'cross-validation was turned off' }
  const rows = set.table.rows
  if (rows < FEWEST_ROWS) return { folds: 0, because: `${rows} training rows are too few for a cross-validation` }
  if (set.target.kind === 'numbers' || set.target.classes.length > 2) return { folds: Math.min(wanted, rows), because: '' }
  const { codes } = set.target
  const positives = codes.reduce((sum, code) => sum + code, 0)
  const rarer = Math.min(positives, rows - positives)
  if (rarer < 2) return { folds: 0, because: 'a class with one training row cannot be in two folds' }
  return { folds: Math.min(wanted, rarer), because: '' }
}

function recordOf(entry: Entry, metric: Metric): CandidateRecord {
  const { contender, merits, status, seconds, note } = entry
  const scores = merits.map((merit) => scoreOf(metric, merit))
  return {
    label: contender.label,
    estimator: contender.estimator.id,
    params: contender.params,
    status,
    folds: merits.length,
    mean: merits.length > 0 ? meanOf(scores) : null,
    deviation: merits.length > 0 ? deviationOf(merits) : null,
    scores,
    seconds: Math.round(seconds * 1000) / 1000,
    note: note ?? null,
  }
}

function validationOf(merits: readonly number[], metric: Metric): Validation {
  return { metric: metric.id, mean: scoreOf(metric, meanOf(merits)), deviation: deviationOf(merits), folds: merits.length }
}

function concluded(race: Race, digest: string, work: ChoiceWork): Choice | undefined {
  const picked = pickMembers(race, work.metric, work.blend)
  if (picked === undefined) return undefined
  const { shares, merits } = picked
  const validation = validationOf(merits, work.metric)
  const folds = { digest, testShare: race.testShare, scores: merits.map((merit) => scoreOf(work.metric, merit)) }
  const candidates = race.entries.map((entry) => recordOf(entry, work.metric))
  const members = shares.map(({ part, weight }) => ({ part: part.contender, weight }))
  return { members, validation, folds, candidates, reason: reasonOf(members, validation, candidates, work.metric) }
}

function digestOf(folds: readonly Fold[]): string {
  return sha256(folds.map(({ test }) => sha256(new Uint8Array(test.buffer, test.byteOffset, test.byteLength))).join('\n'))
}

/** Chooses among contenders by cross-validation on the training rows alone, and says why. */
export async function chooseModel(work: ChoiceWork): Promise<Choice> {
  const [first] = work.contenders
  if (first === undefined) throw new Error('No contender')
  const possible = possibleFolds(work.set, work.folds)
  const unopposed = (because: string, candidates: readonly CandidateRecord[]): Choice => ({
    members: [{ part: first, weight: 1 }], validation: undefined, folds: undefined, candidates, reason: `${first.label}, not compared: ${because}.`,
  })
  if (possible.folds < 2) return unopposed(possible.because, [])
  const repeats = repeatsFor(work.set.target)
  const folds = createFolds(work.set.target, { folds: possible.folds, repeats }, work.fit.rng.fork('folds'), work.set.arrangement)
  const race = await runRace(work.set, work.contenders, folds, {
    metric: work.metric,
    secondsLeft: () => work.secondsLeft(),
    fit: work.fit,
    onScore: (score) => work.onScore?.({ ...score, metric: work.metric.id, folds: folds.length }),
  })
  const records = race.entries.map((entry) => recordOf(entry, work.metric))
  return concluded(race, digestOf(folds), work) ?? unopposed(race.entries[0]?.note ?? 'no candidate finished a fold', records)
}
