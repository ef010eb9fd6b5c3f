import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { Plot } from '../../components/plot/plot.tsx'
import { runColor } from './run-colors.ts'

type Folds = MethodOutput<'runs.compare'>['folds']

const ROW = 26
const FRAME = 44

/** One dot per fold and run, so that the eye sees how far the runs lie apart and how far the folds do. */
export function FoldPlot({ folds, runs }: { readonly folds: Folds; readonly runs: readonly string[] }): ReactElement {
  const metric = folds[0]?.metric ?? ''
  const own = useMemo(() => folds.filter((one) => one.metric === metric), [folds, metric])
  const { label } = metricName(metric)
  const data = useMemo(
    () =>
      own.map(({ run, scores }): Data => {
        const color = runColor(runs.indexOf(run))
        return { type: 'scatter', mode: 'lines+markers', name: run, x: scores.toSorted((a, b) => a - b), y: scores.map(() => run), line: { color }, marker: { color, size: 7 }, hovertemplate: `${run} %{x:.4f}<extra></extra>` }
      }),
    [own, runs],
  )
  const layout = useMemo(
    (): Partial<Layout> => ({ showlegend: false, xaxis: { title: { text: `${label}, one dot per fold` } }, yaxis: { type: 'category', autorange: 'reversed' }, margin: { l: 54, r: 14, t: 4, b: 34 } }),
    [label],
  )
  const csv = useMemo(() => [{ name: 'run', values: own.flatMap(({ run, scores }) => scores.map(() => run)) }, { name: 'fold', values: own.flatMap(({ scores }) => scores.map((_, fold) => fold + 1)) }, { name: label, values: own.flatMap(({ scores }) => scores) }], [own, label])
  return <Plot name={`Run by ${label}, one dot per fold`} data={data} layout={layout} height={FRAME + ROW * own.length} csv={csv} />
}
