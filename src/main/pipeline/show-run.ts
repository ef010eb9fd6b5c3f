import type { RunDetail, StepRunDetail } from '#shared/domain/run.ts'
import type { Project } from '../store/project.ts'
import { parseRunId, runNotFound } from '../store/run-id.ts'
import { listEntry } from '../store/run-repository.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'

/** All that is recorded of a run: its steps with parameters, outputs and cache reasons, its metrics and its log. */
export function showRun(project: Project, run: string): RunDetail {
  const number = parseRunId(run)
  const record = project.runs.get(number)
  if (record === undefined) throw runNotFound(run)
  return {
    ...listEntry(record),
    pipelineFile: record.pipelineFile,
    seed: record.seed,
    baseline: record.outcome.baseline,
    error: record.error,
    steps: project.stepRuns.ofRun(number).map((step) => detailOf(project, step)),
    log: project.log.ofRun(number),
  }
}

function detailOf(project: Project, step: StepRunRecord): StepRunDetail {
  return {
    id: step.step,
    uses: step.uses,
    status: step.status,
    seconds: step.seconds,
    cache: { hit: step.hit, reason: step.reason },
    params: step.params,
    changed: step.changed,
    producedBy: step.producedBy,
    attempts: step.attempts,
    outputs: project.stepRuns.outputs(step.run, step.step).map((output) => ({
      ...output,
      bytes: project.artifacts.require(output.kind, output.hash).bytes,
    })),
    error: step.error,
  }
}
