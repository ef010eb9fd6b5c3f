import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { PipelineForecast, StepForecast } from '#shared/domain/pipeline-forecast.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { formatBytes, plural } from '../../../components/format.ts'
import { KeyValues, PaneHead, Section } from '../../../components/pane.tsx'
import { TextSkeleton } from '../../../components/skeletons.tsx'
import { DecisionTag } from '../inspector/step-cache.tsx'
import styles from '../inspector/inspector.module.css'

/** Steps that are listed at most; the graph shows all. */
const listed = 200

/** What a run would do, step by step, and what it would need. */
export function DryRun({ forecast, error, selected, onSelect, onClose }: { readonly forecast: PipelineForecast | undefined; readonly error: unknown; readonly selected: string | undefined; onSelect(step: string): void; onClose(): void }): ReactElement {
  return (
    <div className={styles['panel']}>
      <div className={styles['head']}>
        <PaneHead
          title="Dry run"
          sub="nothing is run"
          line
          end={
            <ActionIcon aria-label="Close dry run" title="Close" onClick={onClose}>
              <X size={16} />
            </ActionIcon>
          }
        />
      </div>
      {error !== null && error !== undefined ? <ErrorNote error={error} /> : forecast === undefined ? <TextSkeleton lines={6} /> : <Forecast forecast={forecast} selected={selected} onSelect={onSelect} />}
    </div>
  )
}

function Forecast({ forecast, selected, onSelect }: { readonly forecast: PipelineForecast; readonly selected: string | undefined; onSelect(step: string): void }): ReactElement {
  const { steps, memoryBytes, freeDiskBytes } = forecast
  const most = steps.reduce<StepForecast | undefined>((found, step) => ((step.estimate?.memoryBytes ?? 0) > (found?.estimate?.memoryBytes ?? 0) ? step : found), undefined)
  const disk = steps.reduce((sum, { estimate }) => sum + (estimate?.diskBytes ?? 0), 0)
  const refused = steps.filter(({ problem }) => problem !== null).length
  return (
    <>
      <Section label="All steps">
        <p className={styles['reason']}>{inWords(steps)}</p>
        {refused === 0 ? undefined : <p className={styles['missing']}>{plural(refused, 'step')} would be refused.</p>}
        <KeyValues
          items={[
            ['Memory at most', steps.every(({ decision }) => decision === 'reuse') ? `none, ${formatBytes(memoryBytes)} may be used` : most?.estimate === undefined || most.estimate === null ? `not known, ${formatBytes(memoryBytes)} may be used` : `about ${formatBytes(most.estimate.memoryBytes)} in ${most.step}, of ${formatBytes(memoryBytes)}`],
            ['Disk', disk === 0 ? `none, ${formatBytes(freeDiskBytes)} are free` : `about ${formatBytes(disk)} of ${formatBytes(freeDiskBytes)}`],
          ]}
        />
      </Section>
      <div className={styles['forecast']}>
        {steps.slice(0, listed).map((step) => (
          <button key={step.step} type="button" aria-pressed={step.step === selected} onClick={() => onSelect(step.step)}>
            <span className={styles['row']}>
              <b>{step.step}</b>
              <DecisionTag forecast={step} />
            </span>
            <span className={styles['quiet']}>{step.problem ?? step.reason}</span>
            {step.estimate === null ? undefined : (
              <span className={styles['figures']}>
                about {formatBytes(step.estimate.memoryBytes)} of memory, {formatBytes(step.estimate.diskBytes)} of disk
              </span>
            )}
          </button>
        ))}
        {steps.length > listed ? <p className={styles['nothing']}>and {plural(steps.length - listed, 'more step')}, in the graph</p> : undefined}
      </div>
    </>
  )
}

function inWords(steps: readonly StepForecast[]): string {
  const count = (decision: StepForecast['decision']): number => steps.filter((step) => step.decision === decision).length
  const parts = [
    count('run') === 0 ? undefined : `${plural(count('run'), 'step')} would run`,
    count('reuse') === 0 ? undefined : `${plural(count('reuse'), 'step')} would be reused`,
    count('unknown') === 0 ? undefined : `${plural(count('unknown'), 'step')} ${count('unknown') === 1 ? 'depends' : 'depend'} on what comes before`,
  ].filter((part) => part !== undefined)
  return `${parts.join(', ')}.`
}
