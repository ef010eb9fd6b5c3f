import { html, type Markup } from '../markup.ts'
import { countText } from '../number-text.ts'
import { at, niceRange } from '../scale.ts'
import { plotFrame, plotScales, type Size } from './frame.ts'
import type { SeriesColour } from './line-plot.ts'

/** Counts of values between edges: `counts[i]` lie from `edges[i]` to `edges[i + 1]`. */
export type Bins = { readonly edges: readonly number[]; readonly counts: readonly number[] }

/** A histogram with axes; `label` names what is counted, with its unit in brackets. */
export function histogram(label: string, { edges, counts }: Bins, options: { size?: Size; colour?: SeriesColour; text?: (value: number) => string } = {}): Markup {
  const size = options.size ?? { width: 340, height: 200 }
  const x = { label, range: [edges[0] ?? 0, edges.at(-1) ?? 1] as const, ...(options.text === undefined ? {} : { text: options.text }) }
  const y = { label: 'Rows', range: [0, niceRange([0, ...counts])[1]] as const, text: countText }
  const scales = plotScales(x, y, size)
  const bars = counts.map((count, index) => {
    const [left, right] = [at(scales.x, edges[index] ?? 0), at(scales.x, edges[index + 1] ?? 0)]
    const top = at(scales.y, count)
    return html`<rect class="bar" x="${left}" y="${top}" width="${Math.max(0.5, right - left - 0.8).toFixed(2)}" height="${(scales.y.from - top).toFixed(2)}"/>`
  })
  return plotFrame(x, y, size, html`<g class="${options.colour ?? 'c1'}">${bars}</g>`)
}

/** A small histogram without axes, for a cell of a table. */
export function sparkHistogram(label: string, counts: readonly number[], colour: SeriesColour = 'c1'): Markup {
  const most = Math.max(1, ...counts)
  const width = 140 / Math.max(1, counts.length)
  const bars = counts.map((count, index) => {
    const height = count === 0 ? 0 : Math.max(1, (count / most) * 24)
    return html`<rect class="bar" x="${(index * width).toFixed(2)}" y="${(24 - height).toFixed(2)}" width="${Math.max(0.5, width - 0.6).toFixed(2)}" height="${height.toFixed(2)}"/>`
  })
  return html`<svg class="${colour}" width="140" height="24" viewBox="0 0 140 24" role="img" aria-label="Distribution of ${label}">${bars}</svg>`
}
