import { ActionIcon, Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FlaskConical, Plus, Trash2, X } from 'lucide-react'
import { useCallback, useMemo, useState, type CSSProperties, type ReactElement } from 'react'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { useCommands } from '../../app/commands.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { plural } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { AllRunsTable } from './all-runs-table.tsx'
import { CandidatesTable } from './candidates-table.tsx'
import { ComparePane } from './compare-pane.tsx'
import { LeaderboardFilters } from './leaderboard-filters.tsx'
import { LeaderboardTable } from './leaderboard-table.tsx'
import { LearningPane } from './learning-pane.tsx'
import { filterEntries, rankEntries, type Basis, type Filters, type Ranking } from './ranking.ts'
import { RunDialog } from './run-dialog.tsx'
import { useDeleteRuns } from './use-delete-runs.ts'
import { useLeaderboard } from './use-leaderboard.ts'
import { useLiveCandidates, useLiveLearning } from './use-live-learning.ts'
import styles from './experiments.module.css'

/** Of the table: its toolbar, head and a little air, and a row; few rows leave the room to the plots. */
const TABLE_FRAME = 96
const TABLE_ROW = 28

/** Runs whose curves are drawn while none is selected. */
const BEST = 3

type Tab = 'leaderboard' | 'runs' | 'candidates'

function tabOf(text: string | undefined): Tab {
  return text === 'runs' || text === 'candidates' ? text : 'leaderboard'
}

/** Those that stay keep their places, and so their colours; new ones come behind. */
function inOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  const wanted = new Set(now)
  return [...before.filter((run) => wanted.has(run)), ...now.filter((run) => !before.includes(run))]
}

/** Runs in the address, and which view of them. */
function usePlace(): { readonly tab: Tab; readonly selected: readonly string[]; go(place: { readonly tab?: Tab; readonly runs?: readonly string[] }): void } {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const tab = tabOf(search.tab)
  const selected = useMemo(() => (search.runs ?? '').split(',').filter((run) => run !== ''), [search.runs])
  const go = useCallback(
    (place: { readonly tab?: Tab; readonly runs?: readonly string[] }) => {
      const runs = (place.runs ?? selected).join(',')
      const next = place.tab ?? tab
      void navigate({ to: '/experiments', search: { ...(runs === '' ? {} : { runs }), ...(next === 'leaderboard' ? {} : { tab: next }) }, replace: true })
    },
    [navigate, selected, tab],
  )
  return { tab, selected, go }
}

function Below({ runs, entries, ranking }: { readonly runs: readonly string[]; readonly entries: readonly LeaderboardEntry[]; readonly ranking: Ranking }): ReactElement {
  const running = entries.find(({ status }) => status === 'running')?.run
  const best = ranking.rows.filter(({ entry }) => entry?.model !== undefined).slice(0, BEST)
  // By its text, so that what is drawn stays the same while it is.
  const shown = [...(runs.length > 0 ? runs : running === undefined ? best.map(({ id }) => id) : [running])].join(',')
  const drawn = useMemo(() => shown.split(',').filter((run) => run !== ''), [shown])
  return (
    <div className={styles['below']}>
      <LearningPane runs={drawn} entries={entries} />
      {runs.length > 1 ? (
        <ComparePane runs={runs} entries={entries} />
      ) : (
        <section className={styles['hint']} aria-label="Comparison">
          <p>Select two runs or more to see them side by side: what was set differently, how their scores differ fold by fold, and whether that may be chance.</p>
        </section>
      )}
    </div>
  )
}

/** Every run with its score and its doubt: ranked, filtered, compared and deleted. */
export function ExperimentsScreen(): ReactElement {
  const project = useProject()
  const navigate = useNavigate()
  const { tab, selected, go } = usePlace()
  const { entries, loading, error, retry } = useLeaderboard()
  const [filters, setFilters] = useState<Filters>({})
  const [basis, setBasis] = useState<Basis>()
  const { data: summary } = useMethod('projects.summary', { project })
  const { deleting, remove } = useDeleteRuns()
  useLiveLearning()
  const ranking = useMemo(() => rankEntries(filterEntries(entries, filters), basis), [entries, filters, basis])
  const live = useLiveCandidates(entries)
  const target = ranking.rows.find(({ entry }) => entry !== undefined && entry.target !== null)?.entry?.target ?? undefined
  const select = useCallback((runs: readonly string[]) => go({ runs: inOrder(selected, runs) }), [go, selected])
  const [detail, setDetail] = useState<string>()
  const openModel = (run: string): void => void navigate({ to: '/model', search: { run } })
  // What has no model has its steps and its log.
  const openRun = ({ run, model }: LeaderboardEntry): void => (model === undefined ? setDetail(run) : openModel(run))
  const newRun = (): void => void navigate(summary?.pipeline === null || summary === undefined ? { to: '/new', search: {} } : { to: '/pipeline', search: { file: summary.pipeline } })
  const deleteSelected = async (): Promise<void> => {
    if (await remove(selected)) go({ runs: [] })
  }
  useCommands([
    { id: 'experiments.new', title: 'New run', run: newRun },
    { id: 'experiments.delete', title: 'Delete the selected runs', disabled: selected.length === 0, run: deleteSelected },
    { id: 'experiments.clear', title: 'Select no run', disabled: selected.length === 0, run: () => go({ runs: [] }) },
  ])
  const explained = <span className={styles['explain']}>{ranking.basis === 'validation' ? 'score = mean ± standard deviation over folds' : 'line = 95 % interval on test rows'}</span>
  const selection = selected.length === 0 ? undefined : (
    <>
      <span className={styles['selection']}>{selected.length} selected</span>
      <ActionIcon aria-label="Select none" onClick={() => go({ runs: [] })}><X size={15} /></ActionIcon>
      <Button variant="default" leftSection={<Trash2 size={14} />} loading={deleting} onClick={() => void deleteSelected()}>Delete {plural(selected.length, 'run')}</Button>
    </>
  )
  const empty = !loading && error === null && entries.length === 0 && tab !== 'runs'
  return (
    <Page
      title="Experiments"
      sub={entries.length === 0 ? undefined : `${plural(entries.length, 'run')} that train${target === undefined ? '' : ` · target ${cellText(target, 60)}`}`}
      tabs={{ items: [{ id: 'leaderboard', label: 'Leaderboard' }, { id: 'runs', label: 'All runs' }, { id: 'candidates', label: 'Candidates' }], current: tab, onChange: (next) => go({ tab: tabOf(next) }) }}
      actions={<Button leftSection={<Plus size={15} />} onClick={newRun}>New run</Button>}
    >
      {error === null ? undefined : <div className={styles['error']}><ErrorNote error={error} retry={retry} /></div>}
      {loading ? <TableSkeleton rows={10} columns={7} /> : undefined}
      {empty ? <EmptyState icon={FlaskConical} title="No run has trained a model yet" text="Every run that trains is listed here with its score and its spread, so that the best is found and the reason why it is better." action={<Button onClick={newRun}>New run</Button>} command="millrace run PIPELINE.yaml" /> : undefined}
      {tab === 'leaderboard' && entries.length > 0 ? (
        <div className={styles['board']} style={{ '--table': `${String(TABLE_FRAME + TABLE_ROW * ranking.rows.length)}px` } as CSSProperties}>
          <div className={styles['table']}><LeaderboardTable ranking={ranking} selected={selected} live={live} onSelect={select} onOpen={openRun} actions={<><LeaderboardFilters entries={entries} filters={filters} ranking={ranking} onFilter={setFilters} onBasis={setBasis} />{selection ?? explained}</>} /></div>
          <Below runs={selected} entries={entries} ranking={ranking} />
        </div>
      ) : undefined}
      {tab === 'runs' ? <AllRunsTable selected={selected} onSelect={select} onOpen={({ run }) => setDetail(run)} actions={selection} /> : undefined}
      <RunDialog run={detail} onClose={() => setDetail(undefined)} onModel={openModel} />
      {tab === 'candidates' && entries.length > 0 ? <CandidatesTable entries={entries} selected={selected} /> : undefined}
    </Page>
  )
}
