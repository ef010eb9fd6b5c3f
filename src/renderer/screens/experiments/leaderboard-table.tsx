import { useMemo, type ReactElement, type ReactNode } from 'react'
import type { RunCandidates } from '#shared/contract/runs.ts'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { leadingMetrics, metricName } from '#shared/domain/metric-names.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatBytes, formatDuration, formatScore, NONE } from '../../components/format.ts'
import { IntervalLine } from '../../components/interval-line.tsx'
import { scaleTitle } from '../../components/scale-title.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { BASELINE, runName, type RankedRow, type Ranking } from './ranking.ts'
import { runColor } from './run-colors.ts'
import { StateTags } from './state-tags.tsx'
import styles from './experiments.module.css'

/** The ranked table. */
export type LeaderboardProps = {
  readonly ranking: Ranking
  readonly selected: readonly string[]
  /** The best candidate so far of runs that are still choosing. */
  readonly live: ReadonlyMap<string, RunCandidates>
  onSelect(runs: readonly string[]): void
  onOpen(entry: LeaderboardEntry): void
  readonly actions?: ReactNode
}

const SCORE = 'score'

function RunCell({ row, place }: { readonly row: RankedRow; readonly place: number }): ReactElement {
  const { entry } = row
  if (entry === undefined) {
    return (
      <span className={styles['run']}>
        <b>Constant guess</b> <Tag>baseline</Tag>
      </span>
    )
  }
  return (
    <span className={styles['run']}>
      {place < 0 ? undefined : <i className={styles['mark']} style={{ background: runColor(place) }} />}
      <b>{runName(entry)}</b>
      <StateTags entry={entry} />
      {entry.problem === null ? (
        <span className={styles['summary']} title={cellText(entry.summary ?? '', 300)}>
          {cellText(entry.summary ?? '', 80)}
        </span>
      ) : (
        <span className={styles['problem']} title={cellText(entry.problem, 300)}>
          {cellText(entry.problem, 120)}
        </span>
      )}
    </span>
  )
}

/** The best mean of a choice that goes on; not final, so with ≈. */
function bestSoFar(candidates: RunCandidates | undefined, metric: string): number | undefined {
  if (candidates?.metric !== metric) return undefined
  const means = candidates.candidates.flatMap(({ mean }) => (mean === null ? [] : [mean]))
  if (means.length === 0) return undefined
  return metricName(metric).greaterIsBetter ? Math.max(...means) : Math.min(...means)
}

function ScoreCell({ row, ranking, live }: { readonly row: RankedRow; readonly ranking: Ranking; readonly live: RunCandidates | undefined }): ReactElement {
  const { score } = row
  if (score !== undefined) {
    const half = ranking.basis === 'validation' && score.high !== undefined ? score.high - score.value : undefined
    return (
      <span>
        <b>{formatScore(score.value)}</b>
        {half === undefined ? undefined : <span className={styles['quiet']}> ± {formatScore(half)}</span>}
      </span>
    )
  }
  const best = bestSoFar(live, ranking.metric)
  if (best !== undefined) {
    return (
      <span title="The best candidate so far">
        <span className={styles['quiet']}>≈ </span>
        <b>{formatScore(best)}</b>
      </span>
    )
  }
  return <span className={styles['quiet']}>{NONE}</span>
}

function LineCell({ row, ranking }: { readonly row: RankedRow; readonly ranking: Ranking }): ReactElement | undefined {
  const { score, id } = row
  const { scale, metric } = ranking
  if (score === undefined || scale === undefined) return undefined
  if (score.value < scale[0] || score.value > scale[1]) return <span className={styles['off']}>off scale</span>
  const range = score.low === undefined || score.high === undefined ? '' : `, ${formatScore(score.low)} to ${formatScore(score.high)}`
  return <IntervalLine value={score.value} low={score.low} high={score.high} scale={scale} label={`${metricName(metric).label} ${formatScore(score.value)}${range}`} tone={id === BASELINE ? 'muted' : 'accent'} />
}

function columnsFor({ ranking, selected, live }: Pick<LeaderboardProps, 'ranking' | 'selected' | 'live'>): readonly TableColumn<RankedRow>[] {
  const { metric, basis, task } = ranking
  const shown = leadingMetrics[task].filter((id) => basis === 'validation' || id !== metric)
  const places = new Map(selected.map((run, place) => [run, place]))
  return [
    { id: 'rank', title: '#', kind: 'number', width: 44, value: ({ rank }) => rank, format: String },
    { id: 'run', title: 'Run', grow: 1, value: ({ entry }) => (entry === undefined ? 'Constant guess' : `${runName(entry)} ${entry.summary ?? ''} ${entry.deployments.join(' ')} ${entry.status}`), show: (row) => <RunCell row={row} place={places.get(row.id) ?? -1} /> },
    { id: 'id', title: 'Id', width: 66, value: ({ entry }) => entry?.run, show: ({ entry }) => <span className={styles['id']}>{entry?.run ?? NONE}</span> },
    { id: SCORE, title: metricName(metric).short, unit: basis === 'validation' ? 'folds' : 'test', kind: 'number', width: 136, value: ({ score }) => score?.value, show: (row) => <ScoreCell row={row} ranking={ranking} live={live.get(row.id)} /> },
    { id: 'line', title: scaleTitle(ranking.scale), width: 130, data: false, value: () => null, show: (row) => <LineCell row={row} ranking={ranking} /> },
    ...shown.map((id, index): TableColumn<RankedRow> => ({ id, title: metricName(id).short, unit: 'test', kind: 'number', width: 108, wide: index > 0, value: ({ metrics }) => metrics[id], format: formatScore })),
    { id: 'fit', title: 'Fit time', kind: 'number', width: 80, value: ({ entry }) => entry?.fitSeconds, format: formatDuration },
    { id: 'size', title: 'Size', kind: 'number', width: 78, wide: true, value: ({ entry }) => entry?.modelBytes, format: formatBytes },
  ]
}

/** Runs ranked by score, the baseline among them; boxes choose which are compared. */
export function LeaderboardTable({ ranking, selected, live, onSelect, onOpen, actions }: LeaderboardProps): ReactElement {
  const columns = useMemo(() => columnsFor({ ranking, selected, live }), [ranking, selected, live])
  return (
    <DataTable
      name="Leaderboard"
      rows={ranking.rows}
      columns={columns}
      rowId={({ id }) => id}
      onRow={({ entry }) => {
        if (entry !== undefined) onOpen(entry)
      }}
      selected={selected}
      onSelect={(ids) => onSelect(ids.filter((id) => id !== BASELINE))}
      saveAs="leaderboard"
      actions={actions}
    />
  )
}
