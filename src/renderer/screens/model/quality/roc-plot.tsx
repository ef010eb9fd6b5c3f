import type { Data } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { ClassCurves } from '#shared/domain/evaluation.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import { PlotBox } from './plot-box.tsx'
import { referenceLine, SERIES, seriesColor, SHARE_HEIGHT, shareLayout, thresholdDot } from './share-plots.ts'
import type { ThresholdPoint } from './threshold-points.ts'

/** How many of a class are found against how many others are taken for it. */
export function RocPlot({ curves, note, chosen }: { readonly curves: readonly ClassCurves[]; readonly note: string; readonly chosen: ThresholdPoint | undefined }): ReactElement {
  const shown = useMemo(() => curves.slice(0, SERIES), [curves])
  const data = useMemo((): Data[] => {
    const dot = chosen === undefined ? [] : [thresholdDot(chosen, chosen.falsePositives / Math.max(1, chosen.falsePositives + chosen.trueNegatives), chosen.truePositives / Math.max(1, chosen.truePositives + chosen.falseNegatives))]
    return [
      referenceLine('chance', 0, 1),
      ...shown.map(({ class: name, roc }, index): Data => ({ type: 'scatter', mode: 'lines', name, x: roc.map(({ falsePositiveRate }) => falsePositiveRate), y: roc.map(({ truePositiveRate }) => truePositiveRate), customdata: roc.map(({ threshold }) => threshold), line: { color: seriesColor(index) }, hovertemplate: '%{y:.2f} found, %{x:.2f} of the others taken for it<extra></extra>' })),
      ...dot,
    ]
  }, [shown, chosen])
  const layout = useMemo(() => shareLayout('False positive rate', 'True positive rate', shown.length > 1), [shown])
  const csv = useMemo(() => {
    const rows = shown.flatMap(({ class: name, roc }) => roc.map((point) => ({ name, ...point })))
    return [{ name: 'class', values: rows.map(({ name }) => name) }, { name: 'threshold', values: rows.map(({ threshold }) => threshold) }, { name: 'false positive rate', values: rows.map(({ falsePositiveRate }) => falsePositiveRate) }, { name: 'true positive rate', values: rows.map(({ truePositiveRate }) => truePositiveRate) }]
  }, [shown])
  return (
    <PlotBox title="ROC" note={note}>
      <Plot name="True positive rate by false positive rate" data={data} layout={layout} height={SHARE_HEIGHT} csv={csv} />
    </PlotBox>
  )
}
