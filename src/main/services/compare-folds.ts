import type { MethodOutput } from '#shared/contract/index.ts'
import type { FoldDifference } from '#shared/contract/runs.ts'
import { studentHalfWidth } from '../base/student-t.ts'
import { findMetric } from '../learn/metrics/index.ts'
import { meanOf, pairedDifference } from '../learn/tuning/race.ts'
import type { Project } from '../store/project.ts'
import { formatRunId } from '../store/run-id.ts'
import { choiceOf, requireRun } from './run-files.ts'
import { compareRuns } from './runs.ts'

type Folds = { readonly run: string; readonly metric: string; readonly key: string; readonly testShare: number; readonly scores: readonly number[] }

/** Share of such differences that the interval holds. */
const CONFIDENCE = 0.95

async function foldsOf(project: Project, wanted: string): Promise<Folds | undefined> {
  const record = requireRun(project, wanted)
  const choice = await choiceOf(project, record)
  if (choice?.folds === null || choice?.folds === undefined || choice.validation === null) return undefined
  return { run: formatRunId(record.number), metric: choice.validation.metric, ...choice.folds }
}

/**
 * How much better `best` is than `other`, fold by fold, with the interval of a t test whose error is corrected for the training rows that
 * folds share (Nadeau and Bengio 2003). A run whose time was up has scored fewer folds: then on those that both have. Undefined unless
 * the folds and the metric are the same.
 */
function differenceOf(best: Folds, other: Folds): FoldDifference | undefined {
  const folds = Math.min(best.scores.length, other.scores.length)
  if (best.key !== other.key || best.metric !== other.metric || folds < 2) return undefined
  const { mean, error } = pairedDifference(other.scores, best.scores, best.testShare)
  const half = studentHalfWidth(folds - 1, CONFIDENCE) * error
  return { better: best.run, other: other.run, metric: best.metric, mean, low: mean - half, high: mean + half, folds }
}

/** Runs side by side: what was set and scored, and the best of those with fold scores held against each other one. */
export async function compareByFolds(project: Project, runs: readonly string[]): Promise<MethodOutput<'runs.compare'>> {
  const comparison = compareRuns(project, runs)
  const found = (await Promise.all(runs.map((run) => foldsOf(project, run)))).filter((one) => one !== undefined)
  const sign = (metric: string): number => (findMetric(metric)?.greaterIsBetter === false ? -1 : 1)
  // The best on what all have scored: a mean over fewer folds is no fair rival.
  const shared = Math.min(...found.map(({ scores }) => scores.length))
  const merit = ({ metric, scores }: Folds): number => sign(metric) * meanOf(scores.slice(0, shared))
  const ranked = found.toSorted((a, b) => merit(b) - merit(a))
  const [best, ...others] = ranked
  const differences = best === undefined ? [] : others.map((other) => differenceOf(best, other)).filter((one) => one !== undefined)
  return { comparison, folds: found.map(({ run, metric, scores }) => ({ run, metric, scores: [...scores] })), differences }
}
