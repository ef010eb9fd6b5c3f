import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { RegressionDetail } from '#shared/domain/evaluation.ts'
import { cellText } from '../../../components/cell-text.ts'
import { formatNumber, formatShare } from '../../../components/format.ts'
import { KeyValues } from '../../../components/pane.tsx'
import { Plot } from '../../../components/plot/plot.tsx'
import { PlotBox } from './plot-box.tsx'

const HEIGHT = 290
const DOTS = { color: 'var(--mr-cat-1)', size: 5, opacity: 0.55 } as const
const REFERENCE = { color: 'var(--mr-plot-reference)', width: 1, dash: 'dot' } as const

function axes(x: string, y: string): Partial<Layout> {
  return { showlegend: false, xaxis: { title: { text: x } }, yaxis: { title: { text: y } } }
}

/** What a regression's test rows show: truth by prediction, error by prediction, the distribution of the error. */
export function RegressionPlots({ detail, target }: { readonly detail: RegressionDetail; readonly target: string }): ReactElement {
  const { residuals, sample } = detail
  const name = cellText(target, 40)
  const predictions = useMemo(() => sample.map(({ prediction }) => prediction), [sample])
  const truths = useMemo(() => sample.map(({ truth }) => truth), [sample])
  const errors = useMemo(() => sample.map(({ truth, prediction }) => truth - prediction), [sample])
  const range = useMemo(() => {
    const all = [...predictions, ...truths]
    return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)]
  }, [predictions, truths])
  const fit = useMemo((): Data[] => [{ type: 'scatter', mode: 'lines', x: range, y: range, line: REFERENCE, hoverinfo: 'skip' }, { type: 'scatter', mode: 'markers', x: predictions, y: truths, marker: DOTS, hovertemplate: 'predicted %{x:.4~g}, true %{y:.4~g}<extra></extra>' }], [range, predictions, truths])
  const spread = useMemo((): Data[] => [{ type: 'scatter', mode: 'lines', x: range, y: [0, 0], line: REFERENCE, hoverinfo: 'skip' }, { type: 'scatter', mode: 'markers', x: predictions, y: errors, marker: DOTS, hovertemplate: 'predicted %{x:.4~g}, off by %{y:.4~g}<extra></extra>' }], [range, predictions, errors])
  const histogram = useMemo(() => {
    const { edges, counts } = residuals.histogram
    const middles = counts.map((_, bin) => ((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2)
    const widths = counts.map((_, bin) => (edges[bin + 1] ?? 0) - (edges[bin] ?? 0))
    return { middles, data: [{ type: 'bar', x: middles, y: counts, width: widths, marker: { color: 'var(--mr-cat-1)' }, hovertemplate: '%{y} rows<extra></extra>' }] as Data[] }
  }, [residuals])
  const fitLayout = useMemo(() => axes(`Predicted ${name}`, `True ${name}`), [name])
  const spreadLayout = useMemo(() => axes(`Predicted ${name}`, 'Truth minus prediction'), [name])
  const errorLayout = useMemo((): Partial<Layout> => ({ ...axes('Truth minus prediction', 'Test rows'), bargap: 0.04 }), [])
  const drawn = `${formatNumber(sample.length)} test rows drawn at random`
  const csv = [{ name: 'prediction', values: predictions }, { name: 'truth', values: truths }, { name: 'truth minus prediction', values: errors }]
  return (
    <>
      <PlotBox title="Truth by prediction" note={drawn}>
        <Plot name={`True ${name} by predicted ${name}`} data={fit} layout={fitLayout} height={HEIGHT} csv={csv} />
      </PlotBox>
      <PlotBox title="Error by prediction" note={drawn}>
        <Plot name={`Truth minus prediction by predicted ${name}`} data={spread} layout={spreadLayout} height={HEIGHT} csv={csv} />
      </PlotBox>
      <PlotBox title="Errors" note={`mean ${formatNumber(residuals.mean)}, standard deviation ${formatNumber(residuals.deviation)}`}>
        <Plot name="Test rows by truth minus prediction" data={histogram.data} layout={errorLayout} height={HEIGHT} csv={[{ name: 'truth minus prediction', values: histogram.middles }, { name: 'rows', values: residuals.histogram.counts }]} />
      </PlotBox>
      <PlotBox title="Quantiles of the error">
        <KeyValues items={residuals.quantiles.map(({ q, value }) => [`${formatShare(q, q * 100 === Math.round(q * 100) ? 0 : 1)} of the rows at most`, formatNumber(value)] as const)} />
      </PlotBox>
    </>
  )
}
