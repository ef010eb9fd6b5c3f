import { NumberInput, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import type { PipelineFinding, PipelineOutline } from '#shared/domain/pipeline-outline.ts'
import { taskSchema } from '#shared/domain/task.ts'
import { PaneHead, Section } from '../../../components/pane.tsx'
import { useDraft } from './use-draft.ts'
import styles from './inspector.module.css'

const taskNames: Readonly<Record<string, string>> = {
  'binary-classification': 'One of two classes',
  'multiclass-classification': 'One of several classes',
  regression: 'A number',
}

/** What the pipeline is about: its name, what it learns, its seed, and what is wrong with it. */
export function PipelineForm({ outline, findings, onChange, onFinding }: { readonly outline: PipelineOutline; readonly findings: readonly PipelineFinding[]; onChange(change: PipelineChange): void; onFinding(finding: PipelineFinding): void }): ReactElement {
  const set = (goal: Omit<Extract<PipelineChange, { kind: 'set-goal' }>, 'kind'>): void => onChange({ kind: 'set-goal', ...goal })
  return (
    <div className={styles['panel']}>
      <PaneHead title="Pipeline" sub="choose a step to see its form" line />
      {findings.length === 0 ? undefined : (
        <Section label="Problems">
          <ul className={styles['problems']}>
            {findings.slice(0, 20).map((finding) => (
              <li key={`${String(finding.line)}:${String(finding.column)} ${finding.message}`} className={styles['missing']}>
                <button type="button" onClick={() => onFinding(finding)}>
                  Line {finding.line}: {finding.message}
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section label="Goal">
        <div className={styles['form']}>
          <TextField label="Name" value={outline.name} onCommit={(name) => set({ name: name === '' ? null : name })} />
          <Select
            label="Learns to predict"
            placeholder="nothing: it prepares data only"
            data={taskSchema.options.map((task) => ({ value: task, label: taskNames[task] ?? task }))}
            value={outline.task}
            clearable
            clearButtonProps={{ 'aria-label': 'Learn nothing' }}
            onChange={(task) => set({ task, ...(task === 'binary-classification' ? {} : { positive: null }) })}
          />
          <TextField label="Column to predict" value={outline.target ?? ''} onCommit={(target) => set({ target: target === '' ? null : target })} />
          {outline.task === 'binary-classification' ? (
            <TextField label="Class that counts" hint="Whose probability is ranked, exactly as its cells read" value={outline.positive ?? ''} onCommit={(positive) => set({ positive: positive === '' ? null : positive })} />
          ) : undefined}
          <NumberInput label="Seed" description="The same seed gives the same result" min={0} allowDecimal={false} placeholder="42" value={outline.seed ?? ''} onChange={(seed) => set({ seed: seed === '' ? null : Number(seed) })} />
        </div>
      </Section>
    </div>
  )
}

function TextField({ label, hint, value, onCommit }: { readonly label: string; readonly hint?: string; readonly value: string; onCommit(value: string): void }): ReactElement {
  const [draft, setDraft] = useDraft(value, (after, before) => {
    if (after !== before) onCommit(after)
  })
  return <TextInput label={label} description={hint} value={draft} onChange={({ currentTarget }) => setDraft(currentTarget.value)} />
}
