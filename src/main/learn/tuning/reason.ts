import type { Metric } from '../metrics/metric.ts'
import type { Share } from '../model/average.ts'
import type { Validation } from '../model/model.ts'
import type { CandidateRecord } from './candidate-record.ts'
import type { Contender } from './contender.ts'

/** A score in the digits that its deviation leaves meaning. */
export function scoreText(mean: number, deviation: number): string {
  const size = deviation > 0 ? deviation : Math.abs(mean) / 100
  const digits = size > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(size)))) : 3
  return deviation > 0 ? `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}` : mean.toFixed(digits)
}

/** Name of the winner, e.g. `gradient-boosting` or `67 % gradient-boosting + 33 % linear`. */
export function membersText(members: readonly Share<Contender>[]): string {
  if (members.length === 1) return members[0]?.part.label ?? ''
  return members.map(({ part, weight }) => `${Math.round(weight * 100)} % ${part.label}`).join(' + ')
}

/** Why this model, in words: its score and that of the best of every other estimator. */
export function reasonOf(
  members: readonly Share<Contender>[], validation: Validation, candidates: readonly CandidateRecord[], metric: Metric,
): string {
  const own = new Set(members.map(({ part }) => part.label))
  const others = candidates.filter((candidate) => members.length > 1 || !own.has(candidate.label)).flatMap(({ label, mean, deviation, status }) =>
    mean === null ? [`${label}: ${status}`] : [`${label} ${scoreText(mean, deviation ?? 0)}`],
  )
  const judges = validation.rows === undefined ? `over ${validation.folds} cross-validation folds` : `on ${validation.rows.toLocaleString('en')} validation rows`
  const won = `${membersText(members)}: ${metric.label} ${scoreText(validation.mean, validation.deviation)} ${judges}`
  return others.length === 0 ? won : `${won}; ${others.join('; ')}`
}
