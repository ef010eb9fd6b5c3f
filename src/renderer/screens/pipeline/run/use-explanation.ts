import type { StepExplanation } from '#shared/domain/run.ts'
import { useProject } from '../../../app/project.ts'
import { useMethod } from '../../../client/use-method.ts'

/** Why a step ran or was reused in a run, from its record; undefined while that is not known. */
export function useExplanation(run: string | undefined, step: string): StepExplanation | undefined {
  const project = useProject()
  return useMethod('runs.explain', { project, run: run ?? '', step }, { enabled: run !== undefined }).data
}
