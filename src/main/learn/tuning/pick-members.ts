import type { Estimator } from '../estimator.ts'
import { baseline } from '../estimators/baseline.ts'
import { estimators } from '../estimators/index.ts'
import type { Metric } from '../metrics/metric.ts'
import { findBlend, meritsOf, type Blend } from './blend.ts'
import { byMerit, meanOf, pairedDifference, someFolds, type Entry, type Race } from './race.ts'

/** Standard errors of the paired difference below which the simpler of two is as good. */
const AS_GOOD = 0.5
/** Folds of which fewer say too little about weights. */
const FEWEST_FOLDS = 3
/** Rows over all folds above which a few weights cannot follow chance, and choosing them again for every fold would take long. */
const MANY_ROWS = 60_000

function simplicity(estimator: Estimator): number {
  return estimators.findIndex(({ id }) => id === estimator.id)
}

/** The best mean; of those as good as it, the simplest. */
function bestEntry(race: Race): Entry | undefined {
  const ranked = byMerit(race.entries)
  const [leader] = ranked
  if (leader === undefined) return undefined
  const asGood = ranked.filter((entry) => {
    const behind = pairedDifference(entry.merits, leader.merits, race.testShare)
    return entry === leader || (entry.merits.length > 2 && behind.mean < AS_GOOD * behind.error)
  })
  return asGood.reduce((best, entry) => (simplicity(entry.contender.estimator) < simplicity(best.contender.estimator) ? entry : best), leader)
}

function pickOne(race: Race, metric: Metric, blend: boolean): Blend | undefined {
  const best = bestEntry(race)
  if (best === undefined) return undefined
  const saysNothing = best.contender.estimator.id === baseline.id // where no feature helps, an average would only look as if one did
  return (blend && !saysNothing ? findBlend(race, best, metric) : undefined) ?? { shares: [{ part: best, weight: 1 }], merits: best.merits }
}

/** Merit in each fold of what the other folds of its repeat choose: no row scores weights that it had a part in. */
function meritsOfChoosing(race: Race, metric: Metric): readonly number[] {
  return race.targets.map((_target, fold) => {
    const others = race.repeats.flatMap((repeat, other) => (other !== fold && repeat === race.repeats[fold] ? [other] : []))
    const picked = pickOne(someFolds(race, others), metric, true)
    const alone = someFolds(race, [fold])
    const shares = (picked?.shares ?? []).flatMap(({ part, weight }) => {
      const same = alone.entries.find(({ contender }) => contender === part.contender)
      return same === undefined ? [] : [{ part: same, weight }]
    })
    return shares.length === 0 ? -Infinity : (meritsOf(shares, alone, metric)[0] ?? -Infinity)
  })
}

function scoredRows({ targets }: Race): number {
  return targets.reduce((sum, target) => sum + (target.kind === 'classes' ? target.codes.length : target.values.length), 0)
}

/**
 * The best contender, or with `blend` an average of several where that is better. The merits of an average are those of choosing: its
 * weights are chosen again for every fold, from other folds. Undefined where nobody finished.
 */
export function pickMembers(race: Race, metric: Metric, blend: boolean): Blend | undefined {
  const picked = pickOne(race, metric, blend && race.folds >= FEWEST_FOLDS)
  if (picked === undefined || picked.shares.length < 2 || scoredRows(race) > MANY_ROWS) return picked
  const merits = meritsOfChoosing(race, metric)
  return Number.isFinite(meanOf(merits)) ? { ...picked, merits } : picked
}
