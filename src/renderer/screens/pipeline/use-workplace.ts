import { useQuery } from '@tanstack/react-query'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import type { PipelineForecast } from '#shared/domain/pipeline-forecast.ts'
import type { OutlineStep } from '#shared/domain/pipeline-outline.ts'
import type { ErrorData } from '#shared/errors.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { isUnsaved } from './document/document.ts'
import type { PipelineSession, SessionState } from './document/session.ts'
import { useSession } from './document/use-session.ts'
import type { StepKinds } from './inspector/form-schema.ts'
import { useShownRun, type ShownRun } from './run/use-shown-run.ts'
import { useActions, type PipelineActions } from './use-actions.ts'

/** Larger pipelines are planned when that is asked for only. */
const plannedUnasked = 300
const noSteps: readonly OutlineStep[] = []

/** One pipeline file with all that is known of it. */
export type WorkplaceState = {
  readonly session: PipelineSession
  readonly state: SessionState
  readonly unsaved: boolean
  /** Why the file could not be read the first time. */
  readonly unreadable: ErrorData | undefined
  readonly steps: readonly OutlineStep[]
  /** The selected one. */
  readonly step: OutlineStep | undefined
  readonly shown: ShownRun
  readonly actions: PipelineActions
  readonly kinds: StepKinds | undefined
  /** What a run would do, where that is asked for or cheap to know. */
  readonly forecast: PipelineForecast | undefined
  readonly forecastError: unknown
}

/** Brings together a file's document, its newest run and what a run would do. */
export function useWorkplace({ file, entry, selected, dryRun, onStep }: { readonly file: string; readonly entry: PipelineEntry | undefined; readonly selected: string | undefined; readonly dryRun: boolean; onStep(step: string | undefined): void }): WorkplaceState {
  const project = useProject()
  const client = useClient()
  const { session, state, unreadable } = useSession(project, file)
  const shown = useShownRun(project, entry)
  const actions = useActions(session, file, shown, onStep)
  const kinds = useQuery({ queryKey: ['step-kinds'], queryFn: () => client.call('pipelines.kinds', {}) }).data
  const { document, outline, valid, stale, checkedText } = state
  const steps = outline?.steps ?? noSteps
  const step = steps.find(({ key }) => key === selected)
  const planned = valid && !stale && (dryRun || (step !== undefined && steps.length <= plannedUnasked))
  const plan = useMethod('pipelines.plan', { project, file, text: checkedText ?? '' }, { enabled: planned, keepPrevious: true })
  return {
    session,
    state,
    unsaved: document !== undefined && isUnsaved(document),
    unreadable,
    steps,
    step,
    shown,
    actions,
    kinds,
    forecast: planned ? plan.data : undefined,
    forecastError: planned ? plan.error : undefined,
  }
}
