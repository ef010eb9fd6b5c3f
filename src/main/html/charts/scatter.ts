import { html, type Fragment, type Markup } from '../markup.ts'
import { at } from '../scale.ts'
import { plotFrame, plotScales, type Axis, type Size } from './frame.ts'
import type { SeriesColour } from './line-plot.ts'

/** Points over a pair of axes, with a straight dotted line from one point to another where it helps to read them. */
export function scatter(
  x: Axis,
  y: Axis,
  points: readonly (readonly [x: number, y: number])[],
  options: { size?: Size; colour?: SeriesColour; line?: readonly [readonly [number, number], readonly [number, number]] } = {},
): Markup {
  const size = options.size ?? { width: 340, height: 260 }
  const scales = plotScales(x, y, size)
  const dots = points.map(([px, py]) => html`<circle class="area" cx="${at(scales.x, px)}" cy="${at(scales.y, py)}" r="3"/>`)
  const [from, to] = options.line ?? []
  const line: Fragment =
    from === undefined || to === undefined
      ? ''
      : html`<path class="line cref dotted" d="M${at(scales.x, from[0])} ${at(scales.y, from[1])}L${at(scales.x, to[0])} ${at(scales.y, to[1])}"/>`
  return plotFrame(x, y, size, html`${line}<g class="${options.colour ?? 'c1'}">${dots}</g>`)
}
