import { toErrorData } from '#shared/errors.ts'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useStartJob } from '../../client/use-job.ts'
import { toast } from '../../components/toast.tsx'
import type { PipelineSession } from './document/session.ts'
import type { ShownRun } from './run/use-shown-run.ts'

/** What the screen does with a pipeline; failures are told where they have no place of their own. */
export type PipelineActions = {
  readonly starting: boolean
  change(change: PipelineChange): Promise<void>
  /** Gives whether the text is in the file now. */
  save(): Promise<boolean>
  /** Saves, then runs; `force` names steps to run although nothing changed. */
  run(force?: readonly string[]): Promise<void>
  cancel(): Promise<void>
  remove(step: string): Promise<void>
}

/** The actions of the screen on one file; `onStep` is told which step a change was about. */
export function useActions(session: PipelineSession, file: string, shown: ShownRun, onStep: (step: string | undefined) => void): PipelineActions {
  const project = useProject()
  const client = useClient()
  const job = useStartJob('pipelines.run')
  const change = async (wanted: PipelineChange): Promise<void> => {
    try {
      const step = await session.change(wanted)
      if (step !== null && (wanted.kind === 'add-step' || wanted.kind === 'rename-step')) onStep(step)
    } catch (error) {
      toast.failure(error)
    }
  }
  const save = async (): Promise<boolean> => {
    try {
      await session.save()
      return true
    } catch (error) {
      // A conflict is shown over the text, with what can be done about it, as soon as the file was looked at again.
      toast.failure(error)
      return false
    }
  }
  return {
    starting: job.starting,
    change,
    save,
    async run(force = []) {
      if (!(await save())) return
      try {
        await job.start({ project, file, force: [...force] })
      } catch (error) {
        toast.failure(error)
      }
    },
    async cancel() {
      if (shown.job === undefined) return
      try {
        await client.call('activity.cancel', { job: shown.job.id })
      } catch (error) {
        // It ended by itself meanwhile.
        if (toErrorData(error).code !== 'not-found') toast.failure(error)
      }
    },
    async remove(step) {
      onStep(undefined)
      await change({ kind: 'remove-step', step })
      toast.undo(`Step ${step} is removed`, session.undo)
    },
  }
}
