import { ActionIcon, Menu, Tabs } from '@mantine/core'
import { MoreHorizontal, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { fromErrorData } from '#shared/errors.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { Later } from '../../../components/later.tsx'
import { PaneHead, Section } from '../../../components/pane.tsx'
import { FormSkeleton } from '../../../components/skeletons.tsx'
import type { ShownRun } from '../run/use-shown-run.ts'
import { StepArtifacts } from './step-artifacts.tsx'
import { StepCache } from './step-cache.tsx'
import { StepForm, type StepFormProps } from './step-form.tsx'
import { StepLog } from './step-log.tsx'
import type { StepKinds } from './form-schema.ts'
import styles from './inspector.module.css'

type InspectorProps = Omit<StepFormProps, 'kinds' | 'kind' | 'state' | 'run'> & {
  readonly kinds: StepKinds | undefined
  readonly shown: ShownRun
  onRemove(): void
  onForce(): void
  onClose(): void
}

/** Everything about one step: its form, its log, what it takes and makes, and why it ran or was reused. */
export function Inspector({ kinds, shown, onRemove, onForce, onClose, ...form }: InspectorProps): ReactElement {
  const { step, forecast } = form
  const [tab, setTab] = useState<string | null>('form')
  const kind = kinds?.kinds.find(({ id }) => id === step.uses)
  return (
    <div className={styles['panel']}>
      <div className={styles['head']}>
        <PaneHead
          title={step.id === '' ? step.key : step.id}
          sub={<span className={styles['kind']}>{step.uses}</span>}
          end={
            <>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon aria-label="More about this step" title="More">
                    <MoreHorizontal size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={onForce}>Run this step anew</Menu.Item>
                  <Menu.Item onClick={onRemove}>Remove step</Menu.Item>
                </Menu.Dropdown>
              </Menu>
              <ActionIcon aria-label="Close" title="Close" onClick={onClose}>
                <X size={16} />
              </ActionIcon>
            </>
          }
        />
        <Tabs value={tab} onChange={setTab} classNames={{ list: styles['tabs'] ?? '', tab: styles['tab'] ?? '' }}>
          <Tabs.List>
            <Tabs.Tab value="form">Form</Tabs.Tab>
            <Tabs.Tab value="log">Log</Tabs.Tab>
            <Tabs.Tab value="artifacts">In and out</Tabs.Tab>
            <Tabs.Tab value="cache">Cache</Tabs.Tab>
          </Tabs.List>
        </Tabs>
      </div>
      {shown.failure?.step !== undefined && shown.failure.step === step.id ? (
        <Section label="Failure">
          <ErrorNote error={fromErrorData(shown.failure.error)} />
        </Section>
      ) : undefined}
      {tab === 'form' ? (
        <Later key={step.key} meanwhile={<FormSkeleton />}>
          {kinds === undefined ? <FormSkeleton /> : <StepForm {...form} kinds={kinds} kind={kind} state={shown.states.get(step.id)} run={shown.states.has(step.id) ? shown.run : undefined} />}
        </Later>
      ) : undefined}
      {tab === 'log' ? <StepLog step={step.id} shown={shown} /> : undefined}
      {tab === 'artifacts' ? <StepArtifacts step={step} shown={shown} /> : undefined}
      {tab === 'cache' ? <StepCache step={step.id} shown={shown} forecast={forecast} /> : undefined}
    </div>
  )
}
