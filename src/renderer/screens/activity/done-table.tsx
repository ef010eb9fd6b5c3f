import { Button, SegmentedControl } from '@mantine/core'
import { useMemo, useState, type ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { useProjectStore } from '../../app/project.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { formatCount, formatDuration, formatMoment } from '../../components/format.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { outcomeWords, secondsOf, stateWords, subjectOf } from './job-words.ts'
import styles from './activity.module.css'

const HEAD = 74
const ROW = 28
const MOST_ROWS = 14

/** Work that has ended. */
export type DoneTableProps = {
  readonly jobs: readonly Job[]
  readonly selected: string | undefined
  onSelect(id: string): void
  onRetry(job: Job): void
}

/** Work that has ended, the newest first; what failed or was cancelled can be queued again. */
export function DoneTable({ jobs, selected, onSelect, onRetry }: DoneTableProps): ReactElement {
  const [show, setShow] = useState('all')
  const open = useProjectStore((state) => state.path)
  const failed = jobs.filter(({ state }) => state === 'failed')
  const rows = show === 'all' ? jobs : failed
  const columns = useMemo(() => columnsOf(open, onRetry), [open, onRetry])
  return (
    <DataTable
      name="Ended work"
      rows={rows}
      columns={columns}
      rowId={({ id }) => id}
      height={HEAD + ROW * Math.max(2, Math.min(MOST_ROWS, rows.length))}
      saveAs="activity"
      selected={selected === undefined ? [] : [selected]}
      onRow={({ id }) => onSelect(id)}
      actions={
        <SegmentedControl
          aria-label="Ended work"
          data={[
            { value: 'all', label: 'All' },
            { value: 'failed', label: `Failed ${formatCount(failed.length)}` },
          ]}
          value={show}
          onChange={setShow}
        />
      }
    />
  )
}

function columnsOf(open: string | null, onRetry: (job: Job) => void): readonly TableColumn<Job>[] {
  return [
    { id: 'at', title: 'Ended', kind: 'number', value: ({ finishedAt }) => finishedAt, format: (at) => formatMoment(at), width: 124 },
    { id: 'title', title: 'Work', value: ({ title }) => title, grow: 2, show: ({ title }) => <b className={styles['name']}>{title}</b> },
    { id: 'subject', title: 'What', value: (job) => subjectOf(job, open), grow: 2, wide: true },
    { id: 'seconds', title: 'Took', kind: 'number', value: (job) => secondsOf(job, 0), format: formatDuration, width: 92 },
    { id: 'state', title: 'State', value: ({ state }) => stateWords(state).words, width: 92, show: ({ state }) => <Tag tone={stateWords(state).tone}>{stateWords(state).words}</Tag> },
    { id: 'outcome', title: 'Outcome', value: outcomeWords, grow: 3 },
    { id: 'action', title: 'Action', value: () => '', width: 104, data: false, show: (job) => <Action job={job} open={open} onRetry={onRetry} /> },
  ]
}

function Action({ job, open, onRetry }: { readonly job: Job; readonly open: string | null; onRetry(job: Job): void }): ReactElement | undefined {
  if (job.state === 'failed' || job.state === 'cancelled') {
    return (
      <Button size="compact-xs" variant="subtle" aria-label={`Try again: ${job.title}`} onClick={() => onRetry(job)}>
        Try again
      </Button>
    )
  }
  if (job.run === null || job.kind !== 'run' || job.project !== open) return undefined
  return (
    <ButtonLink to="/model" search={{ run: job.run }} size="compact-xs" variant="subtle">
      Open {job.run}
    </ButtonLink>
  )
}
