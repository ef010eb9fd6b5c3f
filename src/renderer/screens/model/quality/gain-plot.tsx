import type { Data } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { ClassCurves } from '#shared/domain/evaluation.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import { PlotBox } from './plot-box.tsx'
import { referenceLine, SERIES, seriesColor, SHARE_HEIGHT, shareLayout } from './share-plots.ts'

/** How much of the class is among the rows that are most probable to be of it. */
export function GainPlot({ curves }: { readonly curves: readonly ClassCurves[] }): ReactElement | null {
  const shown = useMemo(() => curves.filter(({ gain }) => gain.length > 0).slice(0, SERIES), [curves])
  const data = useMemo(
    (): Data[] => [
      referenceLine('chance', 0, 1),
      ...shown.map(({ class: name, gain }, index): Data => ({ type: 'scatter', mode: 'lines', name, x: gain.map(({ share }) => share), y: gain.map(({ captured }) => captured), line: { color: seriesColor(index) }, hovertemplate: 'the most probable %{x:.0%} hold %{y:.0%} of them<extra></extra>' })),
    ],
    [shown],
  )
  const layout = useMemo(() => shareLayout('Rows taken, most probable first', 'Share of the class found', shown.length > 1), [shown])
  const csv = useMemo(() => {
    const rows = shown.flatMap(({ class: name, gain }) => gain.map((point) => ({ name, ...point })))
    return [{ name: 'class', values: rows.map(({ name }) => name) }, { name: 'share of rows', values: rows.map(({ share }) => share) }, { name: 'share of the class', values: rows.map(({ captured }) => captured) }, { name: 'lift', values: rows.map(({ share, captured }) => (share === 0 ? null : captured / share)) }]
  }, [shown])
  if (shown.length === 0) return null
  const [first] = shown
  const tenth = first?.gain.find(({ share }) => share >= 0.1)
  return (
    <PlotBox title="Gain" note={tenth === undefined || shown.length > 1 ? '' : `lift ${(tenth.captured / tenth.share).toFixed(1)} in the first tenth`}>
      <Plot name="Share of the class found by share of the rows" data={data} layout={layout} height={SHARE_HEIGHT} csv={csv} />
    </PlotBox>
  )
}
