import { html, type Fragment, type Markup } from '../markup.ts'
import { table } from '../table.ts'
import type { SeriesColour } from './line-plot.ts'

/** A named amount, perhaps with its interval. */
export type Bar = { readonly name: Fragment; readonly value: number; readonly low?: number; readonly high?: number; readonly text: string }

const WIDTH = 220

/** A bar from zero to `value` on a scale that ends at `most`, with a line for the interval. */
export function bar({ value, low, high }: Pick<Bar, 'value' | 'low' | 'high'>, most: number, colour: SeriesColour = 'c1'): Markup {
  const x = (amount: number): string => (most <= 0 ? 0 : (Math.min(1, Math.max(0, amount / most)) * WIDTH)).toFixed(1)
  const whisker = low === undefined || high === undefined ? '' : html`<path class="whisker" d="M${x(low)} 8H${x(high)}"/>`
  return html`<svg class="${colour}" width="${WIDTH}" height="16" viewBox="0 0 ${WIDTH} 16" aria-hidden="true"><rect class="track" y="3" width="${WIDTH}" height="10" rx="2"/><rect class="bar" y="3" width="${x(value)}" height="10" rx="2"/>${whisker}</svg>`
}

/** Named amounts with bars, in the order given. */
export function barList(caption: string, nameTitle: string, valueTitle: string, bars: readonly Bar[], colour: SeriesColour = 'c1'): Markup {
  const most = Math.max(0, ...bars.map(({ value, high }) => Math.max(value, high ?? value)))
  return table(
    caption,
    [{ title: nameTitle }, { title: '', kind: 'wide' }, { title: valueTitle, kind: 'number' }],
    bars.map((one) => [one.name, bar(one, most, colour), one.text]),
  )
}
