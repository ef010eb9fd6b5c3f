import { Button, Menu, SegmentedControl } from '@mantine/core'
import { ChevronDown, Eye, Play, Save, Square } from 'lucide-react'
import type { ReactElement } from 'react'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import { formatMoment, plural } from '../../components/format.ts'
import { Tag, type Tone } from '../../components/tag.tsx'
import type { ShownRun } from './run/use-shown-run.ts'
import styles from './pipeline.module.css'

/** How the pipeline is shown. */
export type View = 'graph' | 'split' | 'yaml'

const tones: Readonly<Record<string, Tone>> = { running: 'accent', succeeded: 'success', failed: 'danger', cancelled: 'neutral', interrupted: 'warning' }

/** The run that is shown, and the file with the way to others. */
export function HeadSub({ shown, entry, file, pipelines, unsaved, onFile, onNew }: { readonly shown: ShownRun; readonly entry: PipelineEntry | undefined; readonly file: string; readonly pipelines: readonly PipelineEntry[]; readonly unsaved: boolean; onFile(file: string): void; onNew(): void }): ReactElement {
  const { run, job, detail, active } = shown
  const status = active ? (job?.state === 'queued' ? 'queued' : 'running') : (detail?.status ?? entry?.lastRun?.status)
  const startedAt = detail?.startedAt ?? entry?.lastRun?.startedAt
  return (
    <span className={styles['sub']}>
      {status === undefined ? undefined : <Tag tone={tones[status] ?? 'accent'}>{run === undefined ? status : `${run} · ${status}`}</Tag>}
      {startedAt === undefined ? undefined : <span className={styles['wide']}>started {formatMoment(startedAt)}</span>}
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className={styles['file']} title="Open another pipeline">
            {file}
            {unsaved ? <span className={styles['unsaved']}> · not saved</span> : undefined}
            <ChevronDown size={12} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {pipelines.map((one) => (
            <Menu.Item key={one.file} onClick={() => onFile(one.file)} rightSection={<span className={styles['quiet']}>{one.problems > 0 ? plural(one.problems, 'problem') : plural(one.steps, 'step')}</span>}>
              {one.file}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={onNew}>New pipeline</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}

/** The switch of the view and what can be done with the pipeline. */
export function HeadActions({ view, narrow, shown, unsaved, valid, starting, dryRun, onView, onSave, onDryRun, onCancel, onRun }: { readonly view: View; readonly narrow: boolean; readonly shown: ShownRun; readonly unsaved: boolean; readonly valid: boolean; readonly starting: boolean; readonly dryRun: boolean; onView(view: View): void; onSave(): void; onDryRun(): void; onCancel(): void; onRun(): void }): ReactElement {
  const views = [{ value: 'graph', label: 'Graph' }, ...(narrow ? [] : [{ value: 'split', label: 'Split' }]), { value: 'yaml', label: 'YAML' }]
  const { job, active } = shown
  const cancellable = active && job !== undefined
  return (
    <>
      <SegmentedControl aria-label="View" data={views} value={view} onChange={(next) => onView(next as View)} />
      {unsaved ? (
        <Button variant="default" leftSection={<Save size={14} />} onClick={onSave}>
          Save
        </Button>
      ) : undefined}
      <Button variant="default" leftSection={<Eye size={14} />} aria-pressed={dryRun} disabled={!valid} onClick={onDryRun}>
        Dry run
      </Button>
      {cancellable ? (
        <Button variant="default" leftSection={<Square size={12} />} onClick={onCancel}>
          Cancel run
        </Button>
      ) : undefined}
      <Button leftSection={<Play size={14} />} disabled={!valid || active} loading={starting} onClick={onRun}>
        Run
      </Button>
    </>
  )
}
