import type { MethodOutput } from '#shared/contract/index.ts'
import type { RunCandidates } from '#shared/contract/runs.ts'
import { meanCurves } from '#shared/domain/curves.ts'
import type { FoldScore, Measurement } from '#shared/domain/measurement.ts'
import type { Project } from '../store/project.ts'
import { formatRunId } from '../store/run-id.ts'
import type { RunRecord } from '../store/run-repository.ts'
import { choiceOf, curvesOf, requireRun } from './run-files.ts'

function whyNothing(run: RunRecord, kept: boolean): string {
  if (run.outcome.model === undefined) return run.status === 'running' ? 'Nothing has been measured so far.' : 'This run trained no model.'
  return kept ? 'The learner of this model fits at once: it has no rounds to follow.' : 'This model was trained before losses were kept; run it again to see them.'
}

/** How the learning of a run went; `measured` is what it has told so far, where it still runs. */
export async function learningOf(project: Project, run: string, measured: readonly Measurement[]): Promise<MethodOutput<'runs.curves'>> {
  const record = requireRun(project, run)
  if (record.status === 'running') {
    const iterations = meanCurves(measured.filter((one) => one.kind === 'iteration'), true)
    return { live: true, iterations, byRows: [], metric: null, nothing: iterations.length === 0 ? whyNothing(record, true) : null }
  }
  const [curves, choice] = await Promise.all([curvesOf(project, record), choiceOf(project, record)])
  const iterations = curves?.iterations ?? []
  const byRows = choice?.learningCurve ?? []
  const nothing = iterations.length === 0 && byRows.length === 0 ? whyNothing(record, curves !== undefined) : null
  return { live: false, iterations, byRows, metric: choice?.validation?.metric ?? null, nothing }
}

/** What the models of runs were chosen from; runs that compared nothing are left out. `measuredOf` gives what a run that goes on has told so far. */
export async function candidatesOf(project: Project, runs: readonly string[], measuredOf: (run: string) => readonly Measurement[]): Promise<RunCandidates[]> {
  const found = await Promise.all(
    runs.map(async (run) => {
      const record = requireRun(project, run)
      const id = formatRunId(record.number)
      return record.status === 'running' ? liveCandidates(id, measuredOf(id)) : recordedCandidates(project, id, record)
    }),
  )
  return found.filter((one) => one !== undefined)
}

async function recordedCandidates(project: Project, run: string, record: RunRecord): Promise<RunCandidates | undefined> {
  const choice = await choiceOf(project, record)
  if (choice === undefined || choice.candidates.length === 0) return undefined
  const weights = new Map(choice.chosen.map(({ label, weight }) => [label, weight]))
  const candidates = choice.candidates.map((candidate) => ({ ...candidate, weight: weights.get(candidate.label) ?? 0 }))
  return { run, metric: choice.validation?.metric ?? null, live: false, automatic: choice.automatic, reason: choice.reason, candidates }
}

function liveCandidates(run: string, measured: readonly Measurement[]): RunCandidates | undefined {
  const scores = measured.filter((one) => one.kind === 'fold-score')
  const [first] = scores
  if (first === undefined) return undefined
  const candidates = [...Map.groupBy(scores, ({ label }) => label)].map(([label, own]) => ({ ...summaryOf(own), label, estimator: own[0]?.estimator ?? '', params: {}, status: 'running', note: null, weight: 0 }))
  return { run, metric: first.metric, live: true, automatic: candidates.length > 1, reason: '', candidates }
}

function summaryOf(scores: readonly FoldScore[]): { folds: number; mean: number; deviation: number; scores: number[] } {
  const values = scores.map(({ score }) => score)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { folds: values.length, mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)), scores: values }
}
