import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { leadingMetrics, metricName } from '#shared/domain/metric-names.ts'
import { taskSchema, type Task } from '#shared/domain/task.ts'
import { estimatorName } from '../../components/estimator-name.ts'

/** What runs are ranked by: the cross-validation on training rows, or the rows that took no part. */
export type Basis = 'validation' | 'test'

/** A score with its doubt: mean ± deviation over folds, or a 95 % interval. */
export type Score = { readonly value: number; readonly low: number | undefined; readonly high: number | undefined }

/** A line of the ranked table; the baseline stands among the runs. */
export type RankedRow = {
  readonly id: string
  readonly entry: LeaderboardEntry | undefined
  /** From 1; undefined where there is no score. */
  readonly rank: number | undefined
  readonly score: Score | undefined
  readonly metrics: Readonly<Record<string, number>>
}

/** The runs of one target, ranked. */
export type Ranking = {
  readonly rows: readonly RankedRow[]
  readonly task: Task
  readonly metric: string
  readonly basis: Basis
  /** True where runs have scores of the other kind, too. */
  readonly bases: readonly Basis[]
  /** Ends of the common scale of the interval lines; undefined without a score. */
  readonly scale: readonly [number, number] | undefined
}

/** Which runs are looked at; undefined is any. */
export type Filters = { readonly target?: string | undefined; readonly pipeline?: string | undefined; readonly estimator?: string | undefined }

/** Id of the line of the baseline: no run has it. */
export const BASELINE = 'baseline'

/** The different values of a field, the most frequent first. */
export function optionsOf(entries: readonly LeaderboardEntry[], field: 'target' | 'pipeline' | 'estimator'): readonly string[] {
  const counts = new Map<string, number>()
  for (const entry of entries) {
    const value = entry[field]
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
}

/** The entries that pass the filters; without a target, those of the newest run that has one: scores of different targets cannot be compared. */
export function filterEntries(entries: readonly LeaderboardEntry[], { target, pipeline, estimator }: Filters): readonly LeaderboardEntry[] {
  const wanted = target ?? entries.find((entry) => entry.target !== null)?.target ?? undefined
  return entries.filter(
    (entry) => (wanted === undefined || entry.target === null || entry.target === wanted) && (pipeline === undefined || entry.pipeline === pipeline) && (estimator === undefined || entry.estimator === estimator),
  )
}

function taskOf(entries: readonly LeaderboardEntry[]): Task {
  for (const { task } of entries) {
    const parsed = taskSchema.safeParse(task)
    if (parsed.success) return parsed.data
  }
  return 'binary-classification'
}

/** The metric that most of the runs were cross-validated by. */
function validationMetric(entries: readonly LeaderboardEntry[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { validation } of entries) if (validation !== null) counts.set(validation.metric, (counts.get(validation.metric) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

function scoreOf(entry: LeaderboardEntry, basis: Basis, metric: string): Score | undefined {
  if (basis === 'validation') {
    const { validation } = entry
    if (validation?.metric !== metric) return undefined
    // One fold has no spread.
    const { mean, deviation } = validation
    return deviation === 0 ? { value: mean, low: undefined, high: undefined } : { value: mean, low: mean - deviation, high: mean + deviation }
  }
  const value = entry.metrics?.[metric]
  if (value === undefined) return undefined
  const interval = entry.interval?.metric === metric ? entry.interval : undefined
  return { value, low: interval?.low, high: interval?.high }
}

/** The baseline as the newest evaluated run has it: it knows nothing but the training target, so that folds say nothing of it. */
function baselineRow(entries: readonly LeaderboardEntry[], metric: string): Omit<RankedRow, 'rank'> | undefined {
  const baseline = entries.find((entry) => entry.baseline !== null)?.baseline
  const value = baseline?.[metric]
  if (baseline === null || baseline === undefined || value === undefined) return undefined
  return { id: BASELINE, entry: undefined, score: { value, low: undefined, high: undefined }, metrics: baseline }
}

function scaleOf(rows: readonly Omit<RankedRow, 'rank'>[]): Ranking['scale'] {
  const ends = rows.flatMap(({ id, score }) => (id === BASELINE || score === undefined ? [] : [score.low ?? score.value, score.high ?? score.value]))
  if (ends.length === 0) return undefined
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const room = (high - low) * 0.06 || Math.abs(high) * 0.01 || 0.01
  return [low - room, high + room]
}

/** Ranks runs by their score, the best first; those without one stand behind, the newest first. Ties keep the newer run ahead. */
export function rankEntries(entries: readonly LeaderboardEntry[], wanted?: Basis): Ranking {
  const task = taskOf(entries)
  const primary = leadingMetrics[task][0]
  const validated = validationMetric(entries)
  const tested = entries.some(({ metrics }) => metrics?.[primary] !== undefined)
  const bases: Basis[] = [...(validated === undefined ? [] : ['validation' as const]), ...(tested ? ['test' as const] : [])]
  const basis = wanted !== undefined && bases.includes(wanted) ? wanted : (bases[0] ?? 'test')
  const metric = basis === 'validation' ? (validated ?? primary) : primary
  const sign = metricName(metric).greaterIsBetter ? -1 : 1
  const rows = entries.map((entry) => ({ id: entry.run, entry, score: scoreOf(entry, basis, metric), metrics: entry.metrics ?? {} }))
  const baseline = baselineRow(entries, metric)
  const scored = [...rows, ...(baseline === undefined ? [] : [baseline])].filter(({ score }) => score !== undefined)
  const ranked = scored.toSorted((a, b) => sign * ((a.score?.value ?? 0) - (b.score?.value ?? 0))).map((row, index): RankedRow => ({ ...row, rank: index + 1 }))
  const unranked = rows.filter(({ score }) => score === undefined).map((row): RankedRow => ({ ...row, rank: undefined }))
  return { rows: [...ranked, ...unranked], task, metric, basis, bases, scale: scaleOf(scored) }
}

/** What a run is called in tables and legends. */
export function runName({ estimator, status }: Pick<LeaderboardEntry, 'estimator' | 'status'>): string {
  if (estimator !== null) return estimatorName(estimator)
  return status === 'running' ? 'Choosing an estimator' : 'No model'
}
