import { html, type Markup } from '../markup.ts'
import { at, type Scale } from '../scale.ts'
import { plotFrame, plotScales, type Axis, type Size } from './frame.ts'

/** Colour of a series: `c1` … `c8`, the reference, muted, or the current one. */
export type SeriesColour = 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6' | 'c7' | 'c8' | 'cref' | 'cmute' | 'ccur'

/** A line of a plot; `band` is its interval. */
export type Series = {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly colour: SeriesColour
  readonly dash?: 'dashed' | 'dotted'
  readonly markers?: boolean
  readonly band?: readonly (readonly [x: number, low: number, high: number])[]
}

function path(points: readonly (readonly [number, number])[], x: Scale, y: Scale): string {
  return points.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${at(x, px)} ${at(y, py)}`).join('')
}

function seriesMarkup({ points, colour, dash, markers, band }: Series, x: Scale, y: Scale): Markup {
  const area = band === undefined ? [] : [...band.map(([px, , high]) => [px, high] as const), ...band.toReversed().map(([px, low]) => [px, low] as const)]
  return html`<g class="${colour}">${area.length > 0 ? html`<path class="area" d="${path(area, x, y)}Z"/>` : ''}<path class="line ${dash ?? ''}" d="${path(points, x, y)}"/>${
    markers === true ? points.map(([px, py]) => html`<circle class="mark" cx="${at(x, px)}" cy="${at(y, py)}" r="3"/>`) : ''
  }</g>`
}

/** Names of the series in drawing order, each with a stroke of its line. */
export function legend(series: readonly Pick<Series, 'name' | 'colour' | 'dash'>[]): Markup {
  return html`<div class="legend">${series.map(
    ({ name, colour, dash }) => html`<span class="${colour}"><svg viewBox="0 0 18 8" aria-hidden="true"><path class="line ${dash ?? ''}" d="M0 4H18"/></svg>${name}</span>`,
  )}</div>`
}

/** Lines over a common pair of axes, with a legend where there are several. */
export function linePlot(x: Axis, y: Axis, series: readonly Series[], size: Size = { width: 340, height: 260 }): Markup {
  const scales = plotScales(x, y, size)
  const lines = series.map((one) => seriesMarkup(one, scales.x, scales.y))
  return html`${series.length > 1 ? legend(series) : ''}${plotFrame(x, y, size, lines)}`
}
