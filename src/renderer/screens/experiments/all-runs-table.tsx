import { useMemo, type ReactElement, type ReactNode } from 'react'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { estimatorName } from '../../components/estimator-name.ts'
import { cellText } from '../../components/cell-text.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatDuration, formatMoment, NONE } from '../../components/format.ts'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { StateTags } from './state-tags.tsx'
import styles from './experiments.module.css'

/** Runs listed at most, the newest. */
const MOST = 2000

const columns: readonly TableColumn<LeaderboardEntry>[] = [
  { id: 'run', title: 'Run', width: 84, value: ({ run }) => run, show: ({ run }) => <span className={styles['id']}>{run}</span> },
  { id: 'pipeline', title: 'Pipeline', grow: 1, value: ({ pipeline }) => pipeline },
  { id: 'state', title: 'State', grow: 1, value: ({ status, deployments }) => `${status} ${deployments.join(' ')}`, show: (entry) => <span className={styles['run']}>{entry.status === 'succeeded' ? <span className={styles['quiet']}>succeeded</span> : undefined}<StateTags entry={entry} /></span> },
  { id: 'model', title: 'Model', grow: 1, value: ({ model }) => (model === undefined ? null : `${model.name}@${String(model.version)}`) },
  { id: 'estimator', title: 'Estimator', grow: 1, wide: true, value: ({ estimator }) => (estimator === null ? null : estimatorName(estimator)) },
  { id: 'problem', title: 'Why it failed', grow: 2, value: ({ problem }) => problem, show: ({ problem }) => (problem === null ? <span className={styles['quiet']}>{NONE}</span> : <span className={styles['problem']} title={problem}>{cellText(problem, 200)}</span>) },
  { id: 'seconds', title: 'Took', kind: 'number', width: 96, value: ({ seconds }) => seconds, format: formatDuration },
  { id: 'started', title: 'Started', kind: 'number', width: 130, value: ({ startedAt }) => startedAt, format: (at) => formatMoment(at) },
]

/** Every run, imports and profiles too, the newest first. */
export function AllRunsTable({ selected, onSelect, onOpen, actions }: { readonly selected: readonly string[]; onSelect(runs: readonly string[]): void; onOpen(entry: LeaderboardEntry): void; readonly actions?: ReactNode }): ReactElement {
  const project = useProject()
  const { data, error, refetch } = useMethod('runs.list', { project, all: true, limit: MOST })
  const rows = useMemo(() => data?.runs ?? [], [data])
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (data === undefined) return <TableSkeleton rows={10} columns={6} />
  return <DataTable name="All runs" rows={rows} columns={columns} rowId={({ run }) => run} onRow={onOpen} selected={selected} onSelect={onSelect} saveAs="runs" actions={actions} />
}
