import type { Data, Layout } from 'plotly.js'
import type { DrawnPlot, PlotPoint } from 'plotly.js/lib/core'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useColorScheme } from '../../app/theme/color-scheme.ts'
import type { CsvColumn } from '../csv.ts'
import { ErrorNote } from '../error-note.tsx'
import { PlotSkeleton } from '../skeletons.tsx'
import { loadPlotly, type Plotly } from './load-plotly.ts'
import { PlotMenu } from './plot-menu.tsx'
import { plotTemplate, type Margins } from './plot-template.ts'
import { harmlessLayout, harmlessTrace } from './plot-text.ts'
import { resolveColors, tokensIn, type ReadToken } from './token-colors.ts'
import styles from './plot.module.css'

/** A plot. Colours in `data` and `layout` name tokens, e.g. `var(--mr-cat-1)`, or `bandColor('cat-1')` for an interval. */
export type PlotProps = {
  /** What is drawn, "y by x", e.g. "Sensitivity by false positive rate"; read aloud and used for files. */
  readonly name: string
  readonly data: readonly Data[]
  readonly layout?: Partial<Layout>
  /** In pixels. */
  readonly height: number
  /** The same numbers as a table: saved as CSV, and shown on request. */
  readonly csv: readonly CsvColumn[]
  onPoint?(point: PlotPoint): void
}

const CONFIG = { displayModeBar: false, displaylogo: false, responsive: false, doubleClick: 'reset', showTips: false } as const

/** A plot in the look of the window, drawn when plotly has arrived; saved as PNG, SVG or CSV, or shown as a table. */
export function Plot({ name, data, layout, height, csv, onPoint }: PlotProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const [plotly, setPlotly] = useState<Plotly>()
  const [drawn, setDrawn] = useState(false)
  const isDrawn = useRef(false)
  const [failure, setFailure] = useState<unknown>()
  const read = useColorScheme((state) => tokensIn[state.shown])

  useEffect(() => {
    loadPlotly().then((loaded) => setPlotly(() => loaded), setFailure)
  }, [])

  useEffect(() => {
    const element = place.current
    if (plotly === undefined || element === null) return undefined
    const traces = data.map((trace) => resolveColors(harmlessTrace(trace), read))
    const shown = resolveColors(harmlessLayout(layout ?? {}), read)
    const draw = (margins: Margins): void => {
      plotly.react(element, traces, { ...shown, template: plotTemplate(read, margins), height, autosize: true }, CONFIG).catch(setFailure)
    }
    // In work of its own: drawing takes long, and what shows the plot answers a press. The first time, the margins that fit the labels are
    // found in work of their own again: plotly draws a second time for them.
    let timer = setTimeout(() => {
      if (isDrawn.current) return draw('fitting')
      draw('fixed')
      timer = setTimeout(() => {
        draw('fitting')
        isDrawn.current = true
        setDrawn(true)
      })
    })
    return () => clearTimeout(timer)
  }, [plotly, data, layout, height, read])

  useEffect(() => {
    const element = place.current as DrawnPlot | null
    if (!drawn || element === null || onPoint === undefined) return undefined
    const listener = ({ points: [point] }: { readonly points: readonly PlotPoint[] }): void => {
      if (point !== undefined) onPoint(point)
    }
    element.on('plotly_click', listener)
    return () => element.removeAllListeners('plotly_click')
  }, [drawn, onPoint])

  useEffect(() => {
    const element = place.current
    if (plotly === undefined || !drawn || element === null) return undefined
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) void plotly.Plots.resize(element)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      plotly.purge(element)
      isDrawn.current = false
    }
  }, [plotly, drawn])

  if (failure !== undefined) return <ErrorNote error={failure} />
  return (
    <figure className={styles['figure']}>
      <div ref={place} role="img" aria-label={name} className={styles['place']} style={{ height, opacity: drawn ? 1 : 0 }} />
      {plotly === undefined || !drawn ? (
        <div className={styles['waiting']}>
          <PlotSkeleton height={height} />
        </div>
      ) : (
        <PlotMenu name={name} csv={csv} toImage={(format) => toImage(plotly, place.current as DrawnPlot | null, format, read)} />
      )}
    </figure>
  )
}

/** The picture on the ground of the theme that is shown: its text would not be read on any other. */
async function toImage(plotly: Plotly, drawn: DrawnPlot | null, format: 'png' | 'svg', read: ReadToken): Promise<string> {
  if (drawn === null) throw new Error('The plot is not on the page')
  const layout = { ...drawn.layout, paper_bgcolor: read('--mr-surface') }
  return plotly.toImage({ data: drawn.data, layout }, { format, width: drawn.clientWidth, height: drawn.clientHeight, ...(format === 'png' ? { scale: 2 } : {}) })
}
