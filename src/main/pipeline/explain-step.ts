import type { StepExplanation } from '#shared/domain/run.ts'
import { suggestion } from '../base/did-you-mean.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Project } from '../store/project.ts'
import { formatRunId, parseRunId, runNotFound } from '../store/run-id.ts'

/** Says why a step of a recorded run ran or was reused; what was found when it ran, so it stays true later. */
export function explainStep(project: Project, run: string, step: string): StepExplanation {
  const number = parseRunId(run)
  if (project.runs.get(number) === undefined) throw runNotFound(run)
  const record = project.stepRuns.get(number, step)
  if (record === undefined) {
    const steps = project.stepRuns.ofRun(number).map((one) => one.step)
    throw new MillraceError({
      code: 'not-found',
      headline: `Run ${formatRunId(number)} has no step "${step}"${suggestion(step, steps)}`,
      nextStep: `Steps of this run: ${steps.join(', ')}.`,
      details: { step },
    })
  }
  return {
    run: formatRunId(number),
    step,
    hit: record.hit,
    reason: record.reason,
    changed: record.changed,
    producedBy: record.producedBy,
  }
}
