import { Select } from '@mantine/core'
import { ListTree } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import type { RunCandidates } from '#shared/contract/runs.ts'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { estimatorName } from '../../components/estimator-name.ts'
import { cellText } from '../../components/cell-text.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatScore, formatShare, NONE as BLANK, plural } from '../../components/format.ts'
import { IntervalLine } from '../../components/interval-line.tsx'
import { scaleTitle } from '../../components/scale-title.ts'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import styles from './experiments.module.css'

type Candidate = RunCandidates['candidates'][number]
type Row = Candidate & { readonly run: string; readonly metric: string | null; readonly rank: number | undefined }

const NONE: readonly RunCandidates[] = []

/** Runs whose candidates are listed at most, the newest. */
const RUNS = 50

const TONES: Readonly<Record<string, 'neutral' | 'warning' | 'danger' | 'accent'>> = { 'out of time': 'warning', failed: 'danger', running: 'accent' }

function rowsOf({ run, metric, candidates }: RunCandidates): readonly Row[] {
  const sign = metricName(metric ?? '').greaterIsBetter ? -1 : 1
  const most = Math.max(...candidates.map(({ folds }) => folds))
  // Scores over fewer folds come behind: the first folds may have been easy ones.
  const ranked = candidates.toSorted((a, b) => (b.folds === most ? 1 : 0) - (a.folds === most ? 1 : 0) || sign * ((a.mean ?? Number.NEGATIVE_INFINITY * sign) - (b.mean ?? Number.NEGATIVE_INFINITY * sign)))
  return ranked.map((candidate, index) => ({ ...candidate, run, metric, rank: candidate.folds === most && candidate.mean !== null ? index + 1 : undefined }))
}

function scaleOf(rows: readonly Row[]): readonly [number, number] {
  const full = rows.filter(({ rank, mean }) => rank !== undefined && mean !== null)
  const ends = full.flatMap(({ mean, deviation }) => [(mean ?? 0) - (deviation ?? 0), (mean ?? 0) + (deviation ?? 0)])
  return ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)]
}

function columnsFor(rows: readonly Row[]): readonly TableColumn<Row>[] {
  const { label } = metricName(rows[0]?.metric ?? '')
  const scale = scaleOf(rows)
  return [
    { id: 'rank', title: '#', kind: 'number', width: 52, value: ({ rank }) => rank, format: String },
    {
      id: 'label', title: 'Candidate', grow: 3, value: ({ label: own }) => own,
      show: (row) => (
        <span className={styles['run']}>
          <b>{estimatorName(row.label)}</b>
          {row.weight > 0 ? <Tag tone="success">{row.weight < 1 ? `chosen, ${formatShare(row.weight)}` : 'chosen'}</Tag> : undefined}
          {row.status === 'finished' ? undefined : <Tag tone={TONES[row.status] ?? 'neutral'}>{row.status}</Tag>}
        </span>
      ),
    },
    { id: 'mean', title: label, kind: 'number', width: 150, value: ({ mean }) => mean, show: ({ mean, deviation, folds }) => (mean === null ? <span className={styles['quiet']}>{BLANK}</span> : <span><b>{formatScore(mean)}</b>{folds < 2 ? undefined : <span className={styles['quiet']}> ± {formatScore(deviation)}</span>}</span>) },
    { id: 'line', title: scaleTitle(scale), width: 140, data: false, value: () => null, show: ({ mean, deviation, rank }) => (mean === null || rank === undefined || mean < scale[0] ? (mean === null ? undefined : <span className={styles['off']}>{rank === undefined ? '' : 'off scale'}</span>) : <IntervalLine value={mean} low={mean - (deviation ?? 0)} high={mean + (deviation ?? 0)} scale={scale} label={`${label} ${formatScore(mean)} ± ${formatScore(deviation)}`} />) },
    { id: 'folds', title: 'Folds', kind: 'number', width: 70, value: ({ folds }) => folds, format: String },
    { id: 'note', title: 'Why it did not finish', grow: 3, value: ({ note }) => note },
  ]
}

/** What the models of runs were chosen from, with the score of every candidate; filled while a choice goes on. */
export function CandidatesTable({ entries, selected }: { readonly entries: readonly LeaderboardEntry[]; readonly selected: readonly string[] }): ReactElement {
  const project = useProject()
  const asked = useMemo(() => (selected.length > 0 ? selected : entries.filter(({ model, status }) => model !== undefined || status === 'running').map(({ run }) => run)).slice(0, RUNS), [entries, selected])
  const { data, error, refetch, isPending } = useMethod('runs.candidates', { project, runs: asked.length > 0 ? asked : ['r0'] }, { enabled: asked.length > 0, keepPrevious: true })
  const [chosen, setChosen] = useState<string>()
  const found = data?.runs ?? NONE
  const shown = found.find(({ run }) => run === chosen) ?? found[0]
  const rows = useMemo(() => (shown === undefined ? [] : rowsOf(shown)), [shown])
  const columns = useMemo(() => columnsFor(rows), [rows])
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (isPending && asked.length > 0) return <TableSkeleton rows={8} columns={5} />
  if (shown === undefined) {
    return <EmptyState icon={ListTree} title="No candidates" text="Where a pipeline names no estimator, or leaves its parameters open, several are compared by cross-validation. They are listed here with their scores, while they are compared and afterwards." command="millrace run PIPELINE.yaml" />
  }
  return (
    <div className={styles['candidates']}>
      <DataTable
        name="Candidates"
        rows={rows}
        columns={columns}
        rowId={({ label }) => label}
        saveAs={`candidates-${shown.run}`}
        actions={
          <>
            {shown.live ? <Tag tone="accent">live</Tag> : undefined}
            <span className={styles['explain']}>score = mean ± standard deviation over folds</span>
            <Select aria-label="Candidates of run" data={found.map(({ run, candidates }) => ({ value: run, label: `${run}, ${plural(candidates.length, 'candidate')}` }))} value={shown.run} allowDeselect={false} onChange={(run) => setChosen(run ?? undefined)} w={180} />
          </>
        }
      />
      <p className={styles['reason']}>{shown.live ? 'These candidates are being compared.' : `Chosen: ${cellText(shown.reason, 600)}`}</p>
    </div>
  )
}
