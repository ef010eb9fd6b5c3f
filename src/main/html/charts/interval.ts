import { html, type Markup } from '../markup.ts'
import { at, type Scale } from '../scale.ts'

/** A dot with its interval on a common scale; the dashed line is the value of all rows. For a cell of a table. */
export function intervalMark(range: readonly [low: number, high: number], own: { value: number; low?: number | undefined; high?: number | undefined }, all: number | undefined): Markup {
  const scale: Scale = { low: range[0], high: range[1], from: 4, to: 176 }
  const whisker = own.low === undefined || own.high === undefined ? '' : html`<path class="line" d="M${at(scale, own.low)} 8H${at(scale, own.high)}"/>`
  const reference = all === undefined ? '' : html`<path class="line cref dashed" d="M${at(scale, all)} 0V16"/>`
  return html`<svg class="c1" width="180" height="16" viewBox="0 0 180 16" aria-hidden="true">${reference}${whisker}<circle class="mark" cx="${at(scale, own.value)}" cy="8" r="3.4"/></svg>`
}
