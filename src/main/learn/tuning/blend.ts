import type { Prediction } from '../../table/matrix.ts'
import type { Metric } from '../metrics/metric.ts'
import { averagePredictions, type Share } from '../model/average.ts'
import { byMerit, meanOf, meritOf, pairedDifference, type Entry, type Race } from './race.ts'

/** Rounds of the greedy search, and so the steps of its weights; each ranks all rows anew, so that many rows get fewer. */
const ROUNDS = { few: 8, many: 5, manyRows: 100_000 }
/** Standard errors behind the leader within which a contender may join a blend. */
const NEAR = 2
/** Each member is fitted, saved and asked for every prediction: few must do, and like ones add little to each other. */
const MOST = { members: 8, ofOneEstimator: 2 }
/** Standard errors behind the best single contender at which a blend is no longer as good. */
const AS_GOOD = 0.5

/** Shares of a prediction, and the merit that their average has in each fold. */
export type Blend = { readonly shares: readonly Share<Entry>[]; readonly merits: readonly number[] }

function roundsFor({ targets }: Race): number {
  const rows = targets.reduce((sum, target) => sum + (target.kind === 'classes' ? target.codes.length : target.values.length), 0)
  return rows > ROUNDS.manyRows ? ROUNDS.many : ROUNDS.few
}

/** Each entry with its share of the picks. */
function sharesOf(picks: readonly Entry[]): readonly Share<Entry>[] {
  return [...new Set(picks)].map((part) => ({ part, weight: picks.filter((pick) => pick === part).length / picks.length }))
}

/** Merit of an average in each fold of the race. */
export function meritsOf(shares: readonly Share<Entry>[], race: Race, metric: Metric): readonly number[] {
  return race.targets.map((target, fold) => {
    const parts = shares.map(({ part, weight }) => ({ part: part.predictions[fold] as Prediction, weight }))
    return meritOf(metric, target, averagePredictions(parts)) ?? -Infinity
  })
}

function ofSameEstimator({ contender }: Entry, entries: readonly Entry[]): number {
  return entries.filter((entry) => entry.contender.estimator.id === contender.estimator.id).length
}

/** Who may be averaged, the best first: at most two of one estimator, and nobody clearly behind. */
function nearBest(race: Race): readonly Entry[] {
  const ranked = byMerit(race.entries.filter(({ merits }) => merits.length === race.folds))
  const [leader] = ranked
  if (leader === undefined) return []
  const varied: Entry[] = []
  for (const entry of ranked) if (ofSameEstimator(entry, varied) < MOST.ofOneEstimator && varied.length < MOST.members) varied.push(entry)
  return varied.filter((entry) => {
    const behind = pairedDifference(entry.merits, leader.merits, race.testShare)
    return entry === leader || behind.mean <= NEAR * behind.error
  })
}

/** Greedy selection with replacement, from the best on (Caruana et al., Ensemble selection from libraries of models, 2004). */
function pickGreedily(near: readonly Entry[], race: Race, metric: Metric): readonly Entry[] {
  let picks = near.slice(0, 1)
  for (let round = 1; round < roundsFor(race); round++) {
    const tried = near.map((entry) => {
      const next = [...picks, entry]
      return { next, merit: meanOf(meritsOf(sharesOf(next), race, metric)) }
    })
    picks = tried.reduce((best, one) => (one.merit > best.merit ? one : best)).next
  }
  return picks
}

function halfAndHalf(a: readonly Share<Entry>[], b: readonly Share<Entry>[]): readonly Share<Entry>[] {
  const all = [...a, ...b]
  return [...new Set(all.map(({ part }) => part))].map((part) => ({
    part,
    weight: all.filter((share) => share.part === part).reduce((sum, { weight }) => sum + weight, 0) / 2,
  }))
}

/**
 * A blend of contenders near the best: half of it greedily weighted, half shared equally by the best of each estimator. Weights fitted to few rows follow
 * chance; shared ones do not. Undefined where it is not as good as `best`: an average that is as good is the safer choice.
 *
 * Measured on training rows, every choice made without the rows that scored it, over 15 folds (cars and churn: 10, wine: 5). Best single → greedy weights of
 * any five → this, but only where it gains half a standard error → this: mammography's ROC AUC 0.9511 → 0.9510 → 0.9506 → 0.9539, with other settings 0.9555 →
 * 0.9540 → 0.9555 → 0.9550; a veterinary set's 0.869 → 0.874 → 0.869 → 0.878 and 0.867 → 0.877 → 0.874 → 0.879; churn's 0.8485 → – → 0.8496 → 0.8496;
 * cars' RMSE 2.968 → 2.842 → 2.835 → 2.835; wine's 0.6178 → 0.6155 → 0.6170 → 0.6170. Averages of log odds did not do better than averages of probabilities.
 */
export function findBlend(race: Race, best: Entry, metric: Metric): Blend | undefined {
  const near = nearBest(race)
  if (near.length < 2) return undefined
  const bestOfEach = near.filter((entry, place) => ofSameEstimator(entry, near.slice(0, place)) === 0)
  const shares = halfAndHalf(sharesOf(pickGreedily(near, race, metric)), sharesOf(bestOfEach))
  if (shares.length < 2) return undefined
  const merits = meritsOf(shares, race, metric)
  const gain = pairedDifference(best.merits, merits, race.testShare)
  return gain.mean >= -AS_GOOD * gain.error ? { shares, merits } : undefined
}
