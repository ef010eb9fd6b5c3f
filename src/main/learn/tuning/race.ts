import { MillraceError } from '#shared/errors.ts'
import type { Prediction, Target } from '../../table/matrix.ts'
import { forPart, type FitContext } from '../fit-context.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Contender } from './contender.ts'
import type { Fold } from './folds.ts'
import { createFoldData, selectTarget, type FoldData, type TrainingSet } from './training-set.ts'

/** What a contender said of the rows that it had not seen, fold after fold. */
export type Entry = {
  readonly contender: Contender
  /** One per fold it ran; each better where greater (errors are negated). */
  readonly merits: readonly number[]
  readonly predictions: readonly Prediction[]
  /** Seconds of fit and prediction, over all its folds. */
  readonly seconds: number
  readonly status: 'finished' | 'dropped' | 'out of time' | 'failed'
  /** Why it did not finish, in words. */
  readonly note: string | undefined
}

export type Race = {
  readonly entries: readonly Entry[]
  /** Folds that all who finished ran. */
  readonly folds: number
  /** Test rows of a fold per training row. */
  readonly testShare: number
  /** Of each fold: what its test rows really had, and which repeat it is of. */
  readonly targets: readonly Target[]
  readonly repeats: readonly number[]
}

export type RaceEffects = {
  readonly metric: Metric
  /** Seconds left for the race. */
  secondsLeft(): number
  readonly fit: FitContext
  /** Hears every score as it comes, in the metric's own direction. */
  onScore?(score: { readonly label: string; readonly estimator: string; readonly fold: number; readonly score: number }): void
}

/** A fold in matrices, made for what an estimator accepts. */
export type FoldSource = (accepts: Contender['estimator']['accepts']) => FoldData

/** Folds after which a contender may be found hopeless. */
const FAIR_CHANCE = 3
/** Standard errors of the paired difference behind the leader at which a contender is dropped, before and from the fifth fold on. */
const HOPELESS = { early: 4, late: 2.5 }

/** Settings of one estimator that may run: in the first repeat any, then one less with every repeat, down to as many as a blend takes. */
const MOST_SETTINGS = 4
const FEWEST_SETTINGS = 2

/** Greater is better, whatever the metric. */
export function meritOf(metric: Metric, target: Target, prediction: Prediction): number | undefined {
  const value = metric.compute(target, prediction)
  return value === undefined ? undefined : metric.greaterIsBetter ? value : -value
}

/** The metric's value back from a merit. */
export function scoreOf(metric: Metric, merit: number): number {
  return metric.greaterIsBetter ? merit : -merit
}

/** Arithmetic mean; NaN for no values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Sample standard deviation; 0 for one value. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/**
 * Mean of b − a over the folds that both ran, and its standard error, corrected for the rows that training sets share
 * (Nadeau and Bengio, Inference for the generalization error, 2003). `testShare` is the ratio of test rows to training rows.
 */
export function pairedDifference(a: readonly number[], b: readonly number[], testShare: number): { mean: number; error: number } {
  const folds = Math.min(a.length, b.length)
  const differences = Array.from({ length: folds }, (_, fold) => (b[fold] as number) - (a[fold] as number))
  return { mean: meanOf(differences), error: deviationOf(differences) * Math.sqrt(1 / folds + testShare) }
}

/** Data that a contender cannot learn from takes it out of the race; anything else is passed on. */
function noteOf(error: unknown, fold: number): string {
  if (error instanceof MillraceError && error.data.code === 'invalid-data') return `fold ${fold + 1}: ${error.data.headline}`
  throw error
}

/** Runs one contender on one fold; one that the data does not suit is out of the race. */
export async function tryFold(entry: Entry, data: FoldSource, fold: number, effects: RaceEffects): Promise<Entry> {
  try {
    return await runFold(entry, data, fold, effects)
  } catch (error) {
    return { ...entry, status: 'failed', note: noteOf(error, fold) }
  }
}

async function runFold(entry: Entry, data: FoldSource, fold: number, effects: RaceEffects): Promise<Entry> {
  const { estimator, params } = entry.contender
  const left = effects.secondsLeft()
  const { train, trainTarget, test, testTarget, validation } = data(estimator.accepts)
  const context = { ...forPart(effects.fit, `fold ${fold}`, entry.contender.label), progress: () => {}, ...(validation === undefined ? {} : { validation }) }
  const state = await estimator.fit(train, trainTarget, params, context)
  const prediction = await estimator.predict(state, test, effects.fit.pool)
  const merit = meritOf(effects.metric, testTarget, prediction)
  const seconds = entry.seconds + left - effects.secondsLeft()
  const predictions = [...entry.predictions, prediction]
  if (merit === undefined || !Number.isFinite(merit)) {
    return { ...entry, seconds, status: 'failed', note: `its ${effects.metric.label} is not defined in fold ${fold + 1}` }
  }
  effects.onScore?.({ label: entry.contender.label, estimator: estimator.id, fold, score: scoreOf(effects.metric, merit) })
  return { ...entry, seconds, predictions, merits: [...entry.merits, merit] }
}

/** Those who finished, the best mean first. */
export function byMerit(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ status }) => status === 'finished').toSorted((a, b) => meanOf(b.merits) - meanOf(a.merits))
}

/** The race as if it had had these folds only; without those who did not finish. */
export function someFolds(race: Race, folds: readonly number[]): Race {
  const of = <T>(values: readonly T[]): readonly T[] => folds.map((fold) => values[fold] as T)
  const entries = race.entries
    .filter(({ status }) => status === 'finished')
    .map((entry) => ({ ...entry, merits: of(entry.merits), predictions: of(entry.predictions) }))
  return { entries, folds: folds.length, testShare: race.testShare, targets: of(race.targets), repeats: of(race.repeats) }
}

function testShareOf(fold: Fold | undefined): number {
  return fold === undefined ? 0 : fold.test.length / fold.train.length
}

function foldsInWords({ merits }: Entry): string {
  return merits.length === 1 ? '1 fold' : `${merits.length} folds`
}

function withoutHopeless(entries: readonly Entry[], testShare: number): readonly Entry[] {
  const [leader] = byMerit(entries)
  if (leader === undefined || leader.merits.length < FAIR_CHANCE) return entries
  const limit = leader.merits.length < 5 ? HOPELESS.early : HOPELESS.late
  return entries.map((entry) => {
    if (entry.status !== 'finished' || entry === leader) return entry
    const behind = pairedDifference(entry.merits, leader.merits, testShare)
    if (behind.mean <= limit * behind.error) return entry
    return { ...entry, status: 'dropped', note: `dropped after ${foldsInWords(entry)}: clearly behind ${leader.contender.label}` }
  })
}

/** The contenders with the best first folds whose `folds` further folds fit into the time left; two at least. */
function withoutUnaffordable(entries: readonly Entry[], folds: number, secondsLeft: number): readonly Entry[] {
  let seconds = 0
  const kept = byMerit(entries).filter((entry, place) => {
    const wanted = entry.seconds * folds
    if (place >= 2 && seconds + wanted > secondsLeft) return false
    seconds += wanted
    return true
  })
  return entries.map((entry) =>
    entry.status !== 'finished' || kept.includes(entry)
      ? entry
      : { ...entry, status: 'out of time', note: `left out after ${foldsInWords(entry)}: the time is better spent on those ahead of it` },
  )
}

/** The best `most` settings of every estimator: the others' further folds would hardly change what is chosen. */
function withoutSiblings(entries: readonly Entry[], most: number): readonly Entry[] {
  const ranked = byMerit(entries)
  return entries.map((entry) => {
    const ahead = ranked.slice(0, Math.max(0, ranked.indexOf(entry))).filter(({ contender }) => contender.estimator.id === entry.contender.estimator.id).length
    if (ahead < most) return entry
    return { ...entry, status: 'dropped', note: `dropped after ${foldsInWords(entry)}: ${most} other settings of it are better` }
  })
}

/** A contender before its first fold. */
export function startingEntry(contender: Contender): Entry {
  return { contender, merits: [], predictions: [], seconds: 0, status: 'finished', note: undefined }
}

/** Whether the time left is enough for `folds` more folds of all that still run, judged by those that they ran. */
function canAfford(entries: readonly Entry[], folds: number, secondsLeft: number): boolean {
  const perFold = entries.filter(({ status }) => status === 'finished').reduce((sum, { seconds, merits }) => sum + seconds / merits.length, 0)
  return perFold * folds <= secondsLeft
}

/**
 * Cross-validates contenders side by side, fold after fold in a fixed order, and drops those that fall clearly behind. When
 * the time is up the race ends at the last fold that all running contenders finished; in the first fold, with those that did.
 * Where the time will not do for every fold once, those behind after the first fold make room. A repeat is begun only where
 * there is time for the whole of it: so small differences in speed hardly ever change what the choice is made from. Repeats thin out
 * the settings of one estimator.
 */
export async function runRace(set: TrainingSet, contenders: readonly Contender[], folds: readonly Fold[], effects: RaceEffects): Promise<Race> {
  let entries: readonly Entry[] = contenders.map(startingEntry)
  const firstRound = folds.filter(({ repeat }) => repeat === 0).length
  let done = 0
  for (const [number, fold] of folds.entries()) {
    if (number > 0 && fold.repeat !== folds[number - 1]?.repeat) {
      const fewer = withoutSiblings(entries, Math.max(FEWEST_SETTINGS, MOST_SETTINGS - fold.repeat))
      if (!canAfford(fewer, folds.filter(({ repeat }) => repeat === fold.repeat).length, effects.secondsLeft())) break
      entries = fewer
    }
    const data = createFoldData(set, fold, effects.fit.rng.fork(`recipe ${number}`))
    const next: Entry[] = []
    for (const entry of entries) {
      effects.fit.throwIfAborted()
      const first = number === 0 && next.length === 0
      const expected = number === 0 ? 0 : entry.seconds / number
      if (entry.status !== 'finished') next.push(entry)
      else if (!first && effects.secondsLeft() < expected) next.push({ ...entry, status: 'out of time', note: 'the time was up' })
      else next.push(await tryFold(entry, data, number, effects))
      effects.fit.progress((number + next.length / entries.length) / folds.length, `fold ${number + 1} of ${folds.length}`)
    }
    const cut = next.some(({ status, contender }) => status === 'out of time' && entries.find((e) => e.contender === contender)?.status === 'finished')
    if (cut && number > 0) break // this fold is not complete: it would not be fair
    const affordable = number === 0 ? withoutUnaffordable(next, firstRound - 1, effects.secondsLeft()) : next
    entries = withoutHopeless(affordable, testShareOf(fold))
    done = number + 1
    if (cut) break
  }
  const ran = folds.slice(0, done)
  const targets = ran.map(({ test }) => selectTarget(set.target, test))
  return { entries, folds: done, testShare: testShareOf(folds[0]), targets, repeats: ran.map(({ repeat }) => repeat) }
}
