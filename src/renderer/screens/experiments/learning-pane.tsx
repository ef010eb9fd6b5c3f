import { useElementSize } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import type { Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { PaneHead } from '../../components/pane.tsx'
import { Plot } from '../../components/plot/plot.tsx'
import { PlotSkeleton } from '../../components/skeletons.tsx'
import { Tag } from '../../components/tag.tsx'
import { curveTraces, roundCsv, rowCurveTraces, rowsCsv, type RunCurves } from './curve-traces.ts'
import { runName } from './ranking.ts'
import { COLORED } from './run-colors.ts'
import styles from './compare.module.css'

/** Of a plot, in pixels: it fills the pane between these. */
const LEAST_HEIGHT = 230
const MOST_HEIGHT = 460
/** A line about a run without a curve. */
const LINE = 32

type Curves = MethodOutput<'runs.curves'>

/** Curves of several runs, each asked for and kept by itself. */
function useCurves(runs: readonly string[]): readonly (Curves | undefined)[] {
  const client = useClient()
  const project = useProject()
  return useQueries({ queries: runs.map((run) => ({ queryKey: ['runs.curves', { project, run }], queryFn: () => client.call('runs.curves', { project, run }) })), combine: (results) => results.map(({ data }) => data) })
}

function RoundPlot({ curves, height }: { readonly curves: readonly RunCurves[]; readonly height: number }): ReactElement {
  const { loss, traces } = useMemo(() => curveTraces(curves), [curves])
  const layout = useMemo((): Partial<Layout> => ({ xaxis: { title: { text: 'Rounds' }, rangemode: 'tozero' }, yaxis: { title: { text: loss } } }), [loss])
  const csv = useMemo(() => roundCsv(curves, loss), [curves, loss])
  return <Plot name={`${loss} by rounds`} data={traces} layout={layout} height={height} csv={csv} />
}

function RowsPlot({ curves, height }: { readonly curves: readonly RunCurves[]; readonly height: number }): ReactElement {
  const metric = metricName(curves[0]?.curves.metric ?? '').label
  const traces = useMemo(() => rowCurveTraces(curves), [curves])
  const layout = useMemo((): Partial<Layout> => ({ xaxis: { title: { text: 'Training rows' }, rangemode: 'tozero' }, yaxis: { title: { text: metric } } }), [metric])
  const csv = useMemo(() => rowsCsv(curves), [curves])
  return <Plot name={`${metric} by training rows`} data={traces} layout={layout} height={height} csv={csv} />
}

/** How the learning of the runs went, drawn while it goes on; what has no curve says why. */
export function LearningPane({ runs, entries }: { readonly runs: readonly string[]; readonly entries: readonly LeaderboardEntry[] }): ReactElement {
  const shown = useMemo(() => runs.slice(0, COLORED), [runs])
  const found = useCurves(shown)
  const curves = useMemo(
    () =>
      shown.flatMap((run, place): RunCurves[] => {
        const own = found[place]
        const entry = entries.find((one) => one.run === run)
        return own === undefined ? [] : [{ run, name: entry === undefined ? run : `${run} ${runName(entry)}`, place, curves: own }]
      }),
    [shown, found, entries],
  )
  const byRound = useMemo(() => curves.filter(({ curves: { iterations } }) => iterations.length > 0), [curves])
  const byRows = useMemo(() => curves.filter(({ curves: own }) => own.byRows.length > 0), [curves])
  const silent = curves.filter(({ curves: { nothing } }) => nothing !== null)
  const { ref, height: room } = useElementSize()
  const plots = byRound.length > 0 && byRows.length > 0 ? 2 : 1
  const height = Math.round(Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, (room - LINE * silent.length) / plots)))
  return (
    <section className={styles['pane']} aria-label="Learning curves">
      <PaneHead title="Learning curves" end={curves.some(({ curves: { live } }) => live) ? <Tag tone="accent">live</Tag> : undefined} />
      <div ref={ref} className={styles['scroll']}>
        {curves.length === 0 && shown.length > 0 ? <PlotSkeleton height={height} /> : undefined}
        {byRound.length > 0 ? <RoundPlot curves={byRound} height={height} /> : undefined}
        {byRows.length > 0 ? <RowsPlot curves={byRows} height={height} /> : undefined}
        {silent.map(({ run, name, curves: { nothing } }) => (
          <p key={run} className={styles['none']}>
            <b>{name}</b> {nothing}
          </p>
        ))}
      </div>
    </section>
  )
}
