import { MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { useMemo, useState, type ReactElement } from 'react'
import type { StepKindEntry } from '#shared/contract/pipelines.ts'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import type { OutlineStep } from '#shared/domain/pipeline-outline.ts'
import { stepIdSchema } from '#shared/domain/pipeline.ts'
import { useProject } from '../../../app/project.ts'
import { useMethod } from '../../../client/use-method.ts'
import { formatBytes, formatDuration, formatRemaining } from '../../../components/format.ts'
import { KeyValues, Section } from '../../../components/pane.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { SchemaForm } from '../../../components/schema-form/schema-form.tsx'
import { paramChanges } from '../document/param-changes.ts'
import type { StepState } from '../run/step-states.ts'
import { columnsOf, formChoices, formSchema, type StepKinds } from './form-schema.ts'
import { useDraft } from './use-draft.ts'
import styles from './inspector.module.css'

/** A step to be edited by forms. */
export type StepFormProps = {
  readonly step: OutlineStep
  readonly steps: readonly OutlineStep[]
  readonly task: string | null
  readonly kinds: StepKinds
  readonly kind: StepKindEntry | undefined
  readonly state: StepState | undefined
  readonly forecast: StepForecast | undefined
  /** The run that tells the columns of the data; undefined where none did. */
  readonly run: string | undefined
  readonly budget: { readonly memoryBytes: number; readonly freeDiskBytes: number } | undefined
  onChange(change: PipelineChange): void
}

/** The form of a step: its parameters from the schema of its kind, what it waits for and how it is run. */
export function StepForm(props: StepFormProps): ReactElement {
  const { step, kind, state, forecast, budget } = props
  return (
    <>
      {state?.status === 'running' ? (
        <Section label="Progress">
          <div className={styles['progress']}>
            <span>{state.message === '' ? 'Running' : state.message}</span>
            <ProgressBar thick value={state.fraction} label={`Progress of ${step.id}`} />
            <span className={styles['row']}>
              <span />
              <span>{formatRemaining(state.remainingSeconds)}</span>
            </span>
          </div>
        </Section>
      ) : undefined}
      {kind === undefined ? (
        <Section label="Parameters">
          <p className={styles['quiet']}>{step.uses === '' ? 'It says no step kind yet: write `uses:` in the YAML.' : `There is no step kind "${step.uses}". The YAML has to name one that there is.`}</p>
        </Section>
      ) : (
        <Parameters {...props} kind={kind} />
      )}
      <Running {...props} />
      {forecast?.estimate === undefined || forecast.estimate === null || budget === undefined ? undefined : (
        <Section label="Needs, estimated">
          <h3>Needs, estimated</h3>
          <KeyValues
            items={[
              ['Memory', `about ${formatBytes(forecast.estimate.memoryBytes)} of ${formatBytes(budget.memoryBytes)}`],
              ['Disk', `about ${formatBytes(forecast.estimate.diskBytes)} of ${formatBytes(budget.freeDiskBytes)}`],
            ]}
          />
          {forecast.problem === null ? undefined : <p className={styles['missing']}>{forecast.problem}</p>}
          {forecast.estimate.basedOn === null ? undefined : <p className={styles['quiet']}>By the sizes that its inputs had in {forecast.estimate.basedOn}.</p>}
        </Section>
      )}
    </>
  )
}

function Parameters({ step, kind, kinds, task, run, onChange }: StepFormProps & { readonly kind: StepKindEntry }): ReactElement {
  const [draft, setDraft] = useDraft(step.params, (after, before) => {
    for (const change of paramChanges(step.key, before, after)) onChange(change)
  })
  const project = useProject()
  const artifacts = useMethod('pipelines.artifacts', { project, run: run ?? '', step: step.id }, { enabled: run !== undefined }).data
  const schema = useMemo(() => formSchema(kind, kinds, draft), [kind, kinds, draft])
  const choices = useMemo(() => formChoices(kind, kinds, task, artifacts === undefined ? [] : columnsOf(artifacts)), [kind, kinds, task, artifacts])
  const errors = useMemo(() => Object.fromEntries(step.problems.map(({ param, message }) => [param, message])), [step.problems])
  return (
    <Section label="Parameters">
      <p className={styles['help']}>{kind.help}</p>
      <div className={styles['form']}>
        <SchemaForm schema={schema} value={draft} onChange={setDraft} errors={errors} choices={choices} />
      </div>
    </Section>
  )
}

function Running({ step, steps, onChange }: StepFormProps): ReactElement {
  const others = steps.filter(({ id, key }) => id !== '' && key !== step.key).map(({ id }) => id)
  return (
    <Section label="Place and running">
      <div className={styles['form']}>
        <NameField key={step.key} step={step} onChange={onChange} />
        <MultiSelect
          label="Waits for"
          description={step.needsGiven ? undefined : 'Not said in the file: the step before'}
          data={[...new Set(others)]}
          value={[...new Set(step.needs)]}
          searchable
          clearable={step.needsGiven}
          clearButtonProps={{ 'aria-label': 'Wait for the step before' }}
          onClear={() => onChange({ kind: 'set-needs', step: step.key, needs: null })}
          onChange={(needs) => {
            if (needs.length > 0 || !step.needsGiven) onChange({ kind: 'set-needs', step: step.key, needs })
          }}
        />
        <Switch
          label="Reuse outputs of earlier runs"
          checked={step.cache}
          labelPosition="left"
          onChange={({ currentTarget: { checked } }) => onChange({ kind: 'set-flags', step: step.key, cache: checked ? null : false })}
        />
        <div className={styles['two']}>
          <NumberInput label="Tries after an error" min={0} max={10} allowDecimal={false} value={step.retry} onChange={(retry) => onChange({ kind: 'set-flags', step: step.key, retry: retry === '' || Number(retry) === 0 ? null : Number(retry) })} />
          <TimeoutField key={`${step.key} ${String(step.timeout)}`} step={step} onChange={onChange} />
        </div>
      </div>
    </Section>
  )
}

function NameField({ step, onChange }: Pick<StepFormProps, 'step' | 'onChange'>): ReactElement {
  const [name, setName] = useState(step.id)
  const isValid = stepIdSchema.safeParse(name).success
  const commit = (): void => {
    if (isValid && name !== step.id) onChange({ kind: 'rename-step', step: step.key, id: name })
    else setName(step.id)
  }
  return (
    <TextInput
      label="Name"
      value={name}
      error={isValid ? undefined : 'Letters, digits, "-" and "_", at most 64'}
      onChange={({ currentTarget: { value } }) => setName(value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit()
      }}
    />
  )
}

const durationPattern = /^\d+(\.\d+)?\s*(s|m|h)?$/

function TimeoutField({ step, onChange }: Pick<StepFormProps, 'step' | 'onChange'>): ReactElement {
  const given = step.timeout === null ? '' : String(step.timeout)
  const [limit, setLimit] = useState(given)
  const isValid = limit === '' || durationPattern.test(limit)
  const commit = (): void => {
    if (!isValid || limit === given) return
    const seconds = Number(limit)
    onChange({ kind: 'set-flags', step: step.key, timeout: limit === '' ? null : Number.isNaN(seconds) ? limit : seconds })
  }
  return (
    <TextInput
      label="Time limit"
      placeholder="none"
      value={limit}
      error={isValid ? undefined : 'Such as 90s, 15m or 2h'}
      {...(typeof step.timeout === 'number' ? { description: formatDuration(step.timeout) } : {})}
      onChange={({ currentTarget: { value } }) => setLimit(value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit()
      }}
    />
  )
}
