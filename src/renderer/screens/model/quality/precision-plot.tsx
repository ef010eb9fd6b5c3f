import type { Data } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { ClassCurves } from '#shared/domain/evaluation.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import { PlotBox } from './plot-box.tsx'
import { referenceLine, SERIES, seriesColor, SHARE_HEIGHT, shareLayout, thresholdDot } from './share-plots.ts'
import type { ThresholdPoint } from './threshold-points.ts'

/** How pure what is found is, by how much is found. */
export function PrecisionPlot({ curves, note, share, chosen }: { readonly curves: readonly ClassCurves[]; readonly note: string; readonly share: number | undefined; readonly chosen: ThresholdPoint | undefined }): ReactElement {
  const shown = useMemo(() => curves.slice(0, SERIES), [curves])
  const data = useMemo((): Data[] => {
    const called = chosen === undefined ? 0 : chosen.truePositives + chosen.falsePositives
    const dot = chosen === undefined || called === 0 ? [] : [thresholdDot(chosen, chosen.truePositives / Math.max(1, chosen.truePositives + chosen.falseNegatives), chosen.truePositives / called)]
    return [
      ...(share === undefined ? [] : [referenceLine('share of the class', share, share)]),
      ...shown.map(({ class: name, precisionRecall }, index): Data => ({ type: 'scatter', mode: 'lines', name, x: precisionRecall.map(({ recall }) => recall), y: precisionRecall.map(({ precision }) => precision), line: { color: seriesColor(index), shape: 'hv' }, hovertemplate: 'recall %{x:.2f}, precision %{y:.2f}<extra></extra>' })),
      ...dot,
    ]
  }, [shown, share, chosen])
  const layout = useMemo(() => shareLayout('Recall', 'Precision', shown.length > 1), [shown])
  const csv = useMemo(() => {
    const rows = shown.flatMap(({ class: name, precisionRecall }) => precisionRecall.map((point) => ({ name, ...point })))
    return [{ name: 'class', values: rows.map(({ name }) => name) }, { name: 'threshold', values: rows.map(({ threshold }) => threshold) }, { name: 'recall', values: rows.map(({ recall }) => recall) }, { name: 'precision', values: rows.map(({ precision }) => precision) }]
  }, [shown])
  return (
    <PlotBox title="Precision and recall" note={note}>
      <Plot name="Precision by recall" data={data} layout={layout} height={SHARE_HEIGHT} csv={csv} />
    </PlotBox>
  )
}
