import { html, type Fragment, type Markup } from '../markup.ts'
import { numberText } from '../number-text.ts'
import { at, ticks, type Scale } from '../scale.ts'

/** An axis of a plot: its name with the unit in brackets, its range, and how its ticks read. */
export type Axis = {
  readonly label: string
  readonly range: readonly [low: number, high: number]
  readonly text?: (value: number) => string
}

/** Size of a plot in pixels before it is fitted to its place. */
export type Size = { readonly width: number; readonly height: number }

const MARGIN = { left: 52, right: 12, top: 8, bottom: 38 }

/** The scales of the plotting area. */
export function plotScales(x: Axis, y: Axis, { width, height }: Size): { readonly x: Scale; readonly y: Scale } {
  return {
    x: { low: x.range[0], high: x.range[1], from: MARGIN.left, to: width - MARGIN.right },
    y: { low: y.range[0], high: y.range[1], from: height - MARGIN.bottom, to: MARGIN.top },
  }
}

function horizontalLines(axis: Axis, scale: Scale, x: Scale): Markup[] {
  const text = axis.text ?? ((value: number) => numberText(value, 3))
  return ticks(scale.low, scale.high, 4).map((value) => {
    const y = at(scale, value)
    return html`<path class="grid-line" d="M${x.from} ${y}H${x.to}"/><text x="${x.from - 6}" y="${y + 4}" text-anchor="end">${text(value)}</text>`
  })
}

function verticalTicks(axis: Axis, scale: Scale, y: Scale): Markup[] {
  const text = axis.text ?? ((value: number) => numberText(value, 3))
  return ticks(scale.low, scale.high, 5).map((value) => html`<text x="${at(scale, value)}" y="${y.from + 15}" text-anchor="middle">${text(value)}</text>`)
}

/** A plot with named axes around `marks`; its accessible name says y by x. */
export function plotFrame(x: Axis, y: Axis, size: Size, marks: Fragment): Markup {
  const scales = plotScales(x, y, size)
  const middle = (scale: Scale): number => (scale.from + scale.to) / 2
  return html`<svg class="plot" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${y.label} by ${x.label}">${horizontalLines(y, scales.y, scales.x)}${verticalTicks(x, scales.x, scales.y)}<path class="axis" d="M${scales.x.from} ${scales.y.from}H${scales.x.to}"/>${marks}<text x="${middle(scales.x)}" y="${size.height - 6}" text-anchor="middle">${x.label}</text><text transform="translate(11 ${middle(scales.y)}) rotate(-90)" text-anchor="middle">${y.label}</text></svg>`
}
