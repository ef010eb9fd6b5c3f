import type { RunComparison, RunDeletion, RunDetail, RunEvent, RunListEntry, RunsDeletion, RunSummary, StepExplanation } from '#shared/domain/run.ts'
import { cancelled, fromErrorData, MillraceError } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { compareRuns as compare } from '../pipeline/compare-runs.ts'
import { explainStep } from '../pipeline/explain-step.ts'
import { parseOverride } from '../pipeline/overrides.ts'
import { runPipeline } from '../pipeline/run-pipeline.ts'
import { showRun as show } from '../pipeline/show-run.ts'
import { deleteRun as remove, deleteRuns as removeAll, previewDeletion as preview } from '../store/delete-run.ts'
import type { Project } from '../store/project.ts'
import { formatRunId, parseRunId, runNotFound } from '../store/run-id.ts'
import { listEntry } from '../store/run-repository.ts'
import { withRemedy } from './with-remedy.ts'

/** What to run. */
export type RunRequest = {
  /** Path of the pipeline file. */
  readonly file: string
  /** Parameters for this run, each `step.param=value`. */
  readonly set: readonly string[]
  /** Steps to run although nothing changed; "all" is every step. */
  readonly force: readonly string[]
}

/** How a run is watched and stopped. */
export type RunEffects = { readonly signal: AbortFlag; readonly onEvent?: (event: RunEvent) => void }

/** Runs a pipeline file to its end; throws what made it fail, and `cancelled` where the user stopped it. */
export async function runPipelineFile(project: Project, request: RunRequest, effects: RunEffects): Promise<RunSummary> {
  const summary = await runPipeline({
    project,
    pipelineFile: request.file,
    overrides: request.set.map(parseOverride),
    force: request.force.includes('all') ? 'all' : request.force,
    ...effects,
  })
  if (summary.error !== undefined) throw inRun(inStepWords(fromErrorData(summary.error)), summary.run)
  if (summary.status !== 'succeeded') throw inRun(cancelled(), summary.run)
  return summary
}

/** The error with its remedy as a parameter of the step that failed. */
function inStepWords(error: MillraceError): MillraceError {
  const { step } = error.data.details
  return step === undefined ? error : withRemedy(error, ({ parameter, value }) => `--set ${step}.${parameter}=${value}`)
}

/** The error with the id of the run that it ended, so that its record can be found. */
function inRun(error: MillraceError, run: string): MillraceError {
  return new MillraceError({ ...error.data, details: { ...error.data.details, run } }, error)
}

/** The id that `latest` or an id in any form means. */
export function runId(project: Project, wanted: string): string {
  if (wanted !== 'latest') return formatRunId(parseRunId(wanted))
  const [newest] = project.runs.list(1)
  if (newest === undefined) throw runNotFound(wanted)
  return formatRunId(newest.number)
}

/** Every run, the newest first. */
export function listRuns(project: Project): readonly RunListEntry[] {
  return project.runs.list().map(listEntry)
}

/** Everything that is recorded of a run. */
export function showRun(project: Project, wanted: string): RunDetail {
  return show(project, runId(project, wanted))
}

/** Parameters and scores of two runs or more, side by side, in the order asked. */
export function compareRuns(project: Project, wanted: readonly string[]): RunComparison {
  if (wanted.length < 2) throw new MillraceError({ code: 'usage', headline: 'One run cannot be compared', nextStep: 'Name two runs or more.' })
  return compare(project, wanted.map((id) => runId(project, id)))
}

/** Deletes a run and what only it used; what a deployment serves is kept. */
export function deleteRun(project: Project, wanted: string): Promise<RunDeletion> {
  return remove(project, runId(project, wanted))
}

/** Deletes runs and what only they used, all of them or none. */
export function deleteRuns(project: Project, wanted: readonly string[]): Promise<RunsDeletion> {
  return removeAll(project, wanted.map((id) => runId(project, id)))
}

/** What deleting runs would remove and free; changes nothing. */
export function previewDeletion(project: Project, wanted: readonly string[]): RunsDeletion {
  return preview(project, wanted.map((id) => runId(project, id)))
}

/** Why one step of a run, or each of them, was reused or ran. */
export function explainRun(project: Project, wanted: string, step: string | undefined): readonly StepExplanation[] {
  const id = runId(project, wanted)
  if (project.runs.get(parseRunId(id)) === undefined) throw runNotFound(wanted)
  const steps = step === undefined ? project.stepRuns.ofRun(parseRunId(id)).map((record) => record.step) : [step]
  return steps.map((name) => explainStep(project, id, name))
}
