import type { Data, Layout } from 'plotly.js'
import type { ThresholdPoint } from './threshold-points.ts'

/** Height of the plots of shares by shares. */
export const SHARE_HEIGHT = 260
/** Classes with a curve of their own in one plot. */
export const SERIES = 5

/** Colour of a class by its place. */
export function seriesColor(index: number): string {
  return `var(--mr-cat-${String(index + 1)})`
}

/** A dotted line for what chance, or perfection, would give. */
export function referenceLine(name: string, from: number, to: number): Data {
  return { type: 'scatter', mode: 'lines', name, x: [0, 1], y: [from, to], line: { color: 'var(--mr-plot-reference)', width: 1, dash: 'dot' }, hoverinfo: 'skip', showlegend: false }
}

/** A dot where the chosen threshold lies on a curve. */
export function thresholdDot({ threshold }: ThresholdPoint, x: number, y: number): Data {
  const name = `threshold ${threshold.toFixed(2)}`
  return { type: 'scatter', mode: 'markers', name, x: [x], y: [y], marker: { color: 'var(--mr-text)', size: 10, line: { color: 'var(--mr-surface)', width: 1.5 } }, hovertemplate: `${name}<extra></extra>`, showlegend: false }
}

/** Both axes from 0 to 1; a legend where there are several classes. */
export function shareLayout(x: string, y: string, legend: boolean): Partial<Layout> {
  const axis = (text: string): NonNullable<Layout['xaxis']> => ({ title: { text }, range: [0, 1.005], dtick: 0.25 })
  return { showlegend: legend, xaxis: axis(x), yaxis: axis(y), margin: { l: 48, r: 10, t: 12, b: 36 } }
}
