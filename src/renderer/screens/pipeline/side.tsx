import type { ReactElement } from 'react'
import type { PipelineFinding } from '#shared/domain/pipeline-outline.ts'
import { Inspector } from './inspector/inspector.tsx'
import { PipelineForm } from './inspector/pipeline-form.tsx'
import { DryRun } from './run/dry-run.tsx'
import type { WorkplaceState } from './use-workplace.ts'

/** What stands beside the graph: what a run would do, else the selected step, else the pipeline itself. */
export function Side({ workplace, dryRun, onStep, onFinding, onCloseDryRun }: { readonly workplace: WorkplaceState; readonly dryRun: boolean; onStep(step: string | undefined): void; onFinding(finding: PipelineFinding): void; onCloseDryRun(): void }): ReactElement | undefined {
  const { state, steps, step, shown, actions, kinds, forecast, forecastError } = workplace
  const { outline, findings } = state
  if (dryRun) return <DryRun forecast={forecast} error={forecastError} selected={step?.id} onSelect={(id) => onStep(steps.find((one) => one.id === id)?.key)} onClose={onCloseDryRun} />
  if (outline === undefined) return undefined
  if (step === undefined) return <PipelineForm outline={outline} findings={findings} onChange={(change) => void actions.change(change)} onFinding={onFinding} />
  return (
    <Inspector
      step={step}
      steps={steps}
      task={outline.task}
      kinds={kinds}
      shown={shown}
      forecast={forecast?.steps.find((one) => one.step === step.id)}
      budget={forecast}
      onChange={(change) => void actions.change(change)}
      onRemove={() => void actions.remove(step.key)}
      onForce={() => void actions.run([step.id])}
      onClose={() => onStep(undefined)}
    />
  )
}
