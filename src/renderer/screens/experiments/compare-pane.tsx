import { Switch } from '@mantine/core'
import { useMemo, useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatBytes, formatDuration, formatScore, NONE } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { PaneHead } from '../../components/pane.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import type { TableColumn } from '../../components/table/table-column.ts'
import { TableMenu } from '../../components/table/table-menu.tsx'
import { differenceInWords } from './compare-words.ts'
import { FoldPlot } from './fold-plot.tsx'
import { runName } from './ranking.ts'
import { runColor } from './run-colors.ts'
import styles from './compare.module.css'

type Comparison = MethodOutput<'runs.compare'>

/** Runs that can stand side by side. */
export const MOST_COMPARED = 12

function valueText(value: unknown): string {
  if (value === undefined || value === null) return NONE
  if (typeof value === 'string') return cellText(value, 120)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return cellText(JSON.stringify(value).replaceAll(/["{}]/g, '').replaceAll(':', ': ').replaceAll(',', ', '), 120)
}

type Line = { readonly group: string; readonly name: string; readonly texts: readonly string[]; readonly differs: boolean }

function linesOf({ comparison }: Comparison, entries: readonly (LeaderboardEntry | undefined)[]): readonly Line[] {
  const line = (group: string, name: string, texts: readonly string[]): Line => ({ group, name, texts, differs: new Set(texts).size > 1 })
  return [
    line('Model', 'Estimator', entries.map((entry) => (entry === undefined ? NONE : runName(entry)))),
    line('Model', 'Model', entries.map((entry) => cellText(entry?.summary ?? NONE, 90))),
    ...comparison.metrics.map(({ metric, values }) => line('Scores on test rows', metricName(metric).label, values.map(formatScore))),
    line('Cost', 'Fit time', entries.map((entry) => formatDuration(entry?.fitSeconds))),
    line('Cost', 'Size', entries.map((entry) => formatBytes(entry?.modelBytes))),
    ...comparison.params.map(({ step, param, values, differs }) => ({ ...line(`Parameters of ${step}`, param, values.map(valueText)), differs })),
  ]
}

/** The comparison as a table that is saved: a row per line, a column per run. */
function columnsOf(runs: readonly string[]): readonly TableColumn<Line>[] {
  return [
    { id: 'group', title: 'Group', value: ({ group }) => group },
    { id: 'name', title: 'Name', value: ({ name }) => name },
    ...runs.map((run, place): TableColumn<Line> => ({ id: run, title: run, value: ({ texts }) => texts[place] })),
  ]
}

function CompareTable({ lines, entries, runs }: { readonly lines: readonly Line[]; readonly entries: readonly (LeaderboardEntry | undefined)[]; readonly runs: readonly string[] }): ReactElement {
  const groups = [...Map.groupBy(lines, ({ group }) => group)]
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Run</th>
          {runs.map((run, place) => (
            <th key={run} scope="col">
              <i className={styles['mark']} style={{ background: runColor(place) }} />
              <span className={styles['id']}>{run}</span> {entries[place] === undefined ? '' : runName(entries[place])}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(([group, own]) => (
        <tbody key={group}>
          <tr className={styles['group']}>
            <th scope="rowgroup" colSpan={runs.length + 1}>{group}</th>
          </tr>
          {own.map(({ name, texts, differs }) => (
            <tr key={name} className={differs ? undefined : styles['same']}>
              <th scope="row">{name}</th>
              {texts.map((text, place) => (
                <td key={runs[place]}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Differences({ differences, entries }: { readonly differences: Comparison['differences']; readonly entries: readonly (LeaderboardEntry | undefined)[] }): ReactElement {
  const of = (run: string): LeaderboardEntry | undefined => entries.find((entry) => entry?.run === run)
  const about = {
    nameOf: (run: string): string => {
      const entry = of(run)
      return entry === undefined ? run : `${runName(entry)} (${run})`
    },
    fitSeconds: (run: string) => of(run)?.fitSeconds ?? null,
  }
  return (
    <>
      {differences.map((difference) => {
        const { said, meaning } = differenceInWords(difference, about)
        return (
          <Note key={difference.other}>
            {said} {meaning}
          </Note>
        )
      })}
    </>
  )
}

/** Runs side by side: the difference in words with its interval, their folds, and what was set and scored. */
export function ComparePane({ runs, entries }: { readonly runs: readonly string[]; readonly entries: readonly LeaderboardEntry[] }): ReactElement {
  const project = useProject()
  const shown = runs.slice(0, MOST_COMPARED)
  const [onlyDifferent, setOnlyDifferent] = useState(true)
  const { data, error, refetch } = useMethod('runs.compare', { project, runs: shown }, { keepPrevious: true })
  const byRun = useMemo(() => new Map(entries.map((entry) => [entry.run, entry])), [entries])
  const columns = shown.map((run) => byRun.get(run))
  const lines = data === undefined ? [] : linesOf(data, data.comparison.runs.map(({ run }) => byRun.get(run)))
  const visible = onlyDifferent ? lines.filter(({ differs }) => differs) : lines
  return (
    <section className={styles['pane']} aria-label="Comparison">
      <PaneHead
        title={`Compare ${String(shown.length)} runs`}
        {...(runs.length > shown.length ? { sub: `the first ${String(shown.length)} of ${String(runs.length)}` } : {})}
        end={
          <>
            <Switch label="Only what differs" labelPosition="left" checked={onlyDifferent} onChange={({ currentTarget }) => setOnlyDifferent(currentTarget.checked)} />
            <TableMenu name="Comparison" rows={lines} columns={columnsOf(shown)} saveAs={`comparison-${shown.join('-')}`} />
          </>
        }
      />
      <div className={styles['scroll']}>
        {error === null ? undefined : <ErrorNote error={error} retry={() => refetch()} />}
        {data === undefined ? (
          error === null ? <TextSkeleton lines={6} /> : undefined
        ) : (
          <>
            <div className={styles['words']}>
              <Differences differences={data.differences} entries={columns} />
              {data.differences.length === 0 ? (
                <p className={styles['none']}>{data.folds.length < 2 ? 'Fewer than two of these runs have scores fold by fold, so that there is no difference with an interval.' : 'These runs share fewer than two folds on which both were scored: their difference has no interval.'}</p>
              ) : undefined}
            </div>
            {data.folds.length === 0 ? undefined : <FoldPlot folds={data.folds} runs={shown} />}
            {visible.length === 0 ? <p className={styles['none']}>Nothing differs.</p> : <CompareTable lines={visible} entries={columns} runs={shown} />}
          </>
        )}
      </div>
    </section>
  )
}
