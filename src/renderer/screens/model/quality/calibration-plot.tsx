import type { Data } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { ClassCurves } from '#shared/domain/evaluation.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import { PlotBox } from './plot-box.tsx'
import { referenceLine, SERIES, seriesColor, SHARE_HEIGHT, shareLayout } from './share-plots.ts'
import { wilson } from './wilson.ts'

/** Whether what is said to be so probable is so as often. */
export function CalibrationPlot({ curves, note }: { readonly curves: readonly ClassCurves[]; readonly note: string }): ReactElement {
  const shown = useMemo(() => curves.slice(0, SERIES), [curves])
  const data = useMemo(
    (): Data[] => [
      referenceLine('perfect', 0, 1),
      ...shown.map(({ class: name, calibration }, index): Data => {
        const ends = calibration.map(({ observed, rows }) => wilson(observed, rows))
        return {
          type: 'scatter', mode: 'lines+markers', name, x: calibration.map(({ predicted }) => predicted), y: calibration.map(({ observed }) => observed), line: { color: seriesColor(index) }, marker: { color: seriesColor(index) },
          ...(shown.length > 1 ? {} : { error_y: { type: 'data', symmetric: false, array: ends.map(([, high], at) => high - (calibration[at]?.observed ?? 0)), arrayminus: ends.map(([low], at) => (calibration[at]?.observed ?? 0) - low), width: 0, thickness: 1.25, color: seriesColor(index) } }),
          hovertemplate: 'said %{x:.2f}, was so in %{y:.2f}<extra></extra>',
        }
      }),
    ],
    [shown],
  )
  const layout = useMemo(() => shareLayout('Predicted probability', 'Share that was so', shown.length > 1), [shown])
  const csv = useMemo(() => {
    const rows = shown.flatMap(({ class: name, calibration }) => calibration.map((point) => ({ name, ...point })))
    return [{ name: 'class', values: rows.map(({ name }) => name) }, { name: 'predicted', values: rows.map(({ predicted }) => predicted) }, { name: 'observed', values: rows.map(({ observed }) => observed) }, { name: 'rows', values: rows.map((row) => row.rows) }]
  }, [shown])
  return (
    <PlotBox title="Calibration" note={note}>
      <Plot name="Share that was so by predicted probability" data={data} layout={layout} height={SHARE_HEIGHT} csv={csv} />
    </PlotBox>
  )
}
