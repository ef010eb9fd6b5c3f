import type { FoldScore } from '#shared/domain/measurement.ts'
import { sha256 } from '../../base/hash.ts'
import type { FitContext } from '../fit-context.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Share } from '../model/average.ts'
import type { Validation } from '../model/model.ts'
import type { Blend } from './blend.ts'
import type { Contender } from './contender.ts'
import { createFolds, repeatsFor } from './folds.ts'
import { pickMembers } from './pick-members.ts'
import { deviationOf, meanOf, runRace, scoreOf, type Entry, type Race, type RaceEffects } from './race.ts'
import type { CandidateRecord } from './candidate-record.ts'
import { reasonOf } from './reason.ts'
import type { Judges, TrainingSet } from './training-set.ts'
import { runValidationRace, type ValidationRace } from './validation-race.ts'

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
  /** Parts of the cross-validation; 0: nothing is compared. */
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
  if (wanted === 0) return { folds: 0, because: set.validation === undefined ? 'cross-validation was turned off' : 'comparing was turned off (`folds: 0`)' }
  const rows = set.table.rows
  if (rows < FEWEST_ROWS) return { folds: 0, because: `${rows} training rows are too few for a cross-validation` }
  if (set.target.kind === 'numbers' || set.target.classes.length > 2) return { folds: Math.min(wanted, rows), because: '' }
  const { codes } = set.target
  const positives = codes.reduce((sum, code) => sum + code, 0)
  const rarer = Math.min(positives, rows - positives)
  if (rarer < 2) return { folds: 0, because: 'a class with one training row cannot be in two folds' }
  return { folds: Math.min(wanted, rarer), because: '' }
}

/** Rows set aside that a race was run on, and everybody's merit on all of them together. */
type SetAside = { readonly rows: number; readonly whole: ValidationRace['whole'] }

function recordOf(entry: Entry, metric: Metric, aside: SetAside | undefined): CandidateRecord {
  const { contender, merits, status, seconds, note } = entry
  const scores = merits.map((merit) => scoreOf(metric, merit))
  return {
    label: contender.label,
    estimator: contender.estimator.id,
    params: contender.params,
    status,
    folds: merits.length,
    mean: merits.length > 0 ? scoreOf(metric, aside?.whole.get(contender) ?? meanOf(merits)) : null,
    deviation: merits.length > 0 ? deviationOf(merits) : null,
    scores,
    seconds: Math.round(seconds * 1000) / 1000,
    note: note ?? null,
  }
}

/** The score of what was picked; that of an average is of weights chosen on other parts, so that there is none on all rows at once. */
function validationOf({ shares, merits }: Blend, metric: Metric, aside: SetAside | undefined): Validation {
  const [only] = shares
  const whole = only !== undefined && shares.length === 1 ? aside?.whole.get(only.part.contender) : undefined
  const score = { metric: metric.id, mean: scoreOf(metric, whole ?? meanOf(merits)), deviation: deviationOf(merits), folds: merits.length }
  return aside === undefined ? score : { ...score, rows: aside.rows }
}

function concluded(race: Race, digest: string, work: ChoiceWork, aside?: SetAside): Choice | undefined {
  const picked = pickMembers(race, work.metric, work.blend)
  if (picked === undefined) return undefined
  const { shares, merits } = picked
  const validation = validationOf(picked, work.metric, aside)
  const folds = { digest, testShare: race.testShare, scores: merits.map((merit) => scoreOf(work.metric, merit)) }
  const candidates = recordsOf(race, work, aside)
  const members = shares.map(({ part, weight }) => ({ part: part.contender, weight }))
  return { members, validation, folds, candidates, reason: reasonOf(members, validation, candidates, work.metric) }
}

function recordsOf({ entries }: Race, { metric }: ChoiceWork, aside?: SetAside): readonly CandidateRecord[] {
  return entries.map((entry) => recordOf(entry, metric, aside))
}

function digestOf(parts: readonly Int32Array[]): string {
  return sha256(parts.map((test) => sha256(new Uint8Array(test.buffer, test.byteOffset, test.byteLength))).join('\n'))
}

type Concluded = { readonly choice: Choice | undefined; readonly records: readonly CandidateRecord[] }

async function byValidation(work: ChoiceWork, validation: Judges): Promise<Concluded> {
  const { race, parts, whole } = await runValidationRace(work.set, validation, work.contenders, effectsOf(work, 1))
  const aside = { rows: validation.table.rows, whole }
  return { choice: concluded(race, digestOf(parts), work, aside), records: recordsOf(race, work, aside) }
}

async function byFolds(work: ChoiceWork, wanted: number): Promise<Concluded> {
  const repeats = repeatsFor(work.set.target)
  const folds = createFolds(work.set.target, { folds: wanted, repeats }, work.fit.rng.fork('folds'), work.set.arrangement)
  const race = await runRace(work.set, work.contenders, folds, effectsOf(work, folds.length))
  return { choice: concluded(race, digestOf(folds.map(({ test }) => test)), work), records: recordsOf(race, work) }
}

function effectsOf(work: ChoiceWork, folds: number): RaceEffects {
  const { metric, fit } = work
  return { metric, fit, secondsLeft: () => work.secondsLeft(), onScore: (score) => work.onScore?.({ ...score, metric: metric.id, folds }) }
}

/** Chooses among contenders by the validation rows, or else by cross-validation on the training rows alone, and says why. */
export async function chooseModel(work: ChoiceWork): Promise<Choice> {
  const [first] = work.contenders
  if (first === undefined) throw new Error('No contender')
  const { validation } = work.set
  const possible = possibleFolds(work.set, work.folds)
  const unopposed = (because: string, candidates: readonly CandidateRecord[]): Choice => ({
    members: [{ part: first, weight: 1 }], validation: undefined, folds: undefined, candidates, reason: `${first.label}, not compared: ${because}.`,
  })
  if (work.folds === 0 || (validation === undefined && possible.folds < 2)) return unopposed(possible.because, [])
  const { choice, records } = validation === undefined ? await byFolds(work, possible.folds) : await byValidation(work, validation)
  return choice ?? unopposed(records[0]?.note ?? 'no candidate finished a fold', records)
}
