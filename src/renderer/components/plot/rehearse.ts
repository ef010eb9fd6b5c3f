import type { Data, Layout } from 'plotly.js'
import type plotly from 'plotly.js/lib/core'

type Rehearsal = { readonly data: readonly Data[]; readonly layout: Partial<Layout> }

const axes: Partial<Layout> = { xaxis: { title: { text: 'x' } }, yaxis: { title: { text: 'y' } } }
const margins: Partial<Layout> = { xaxis: { title: { text: 'x' }, automargin: true }, yaxis: { title: { text: 'y' }, automargin: true } }
const bars: Data = { type: 'bar', x: [1, 2, 3], y: [1, 3, 2] }

/** From the frame of a plot to all that plots of the window have, a part more each time. */
const REHEARSALS: readonly Rehearsal[] = [
  { data: [], layout: { xaxis: { visible: false }, yaxis: { visible: false } } },
  { data: [], layout: axes },
  { data: [bars], layout: axes },
  { data: [bars], layout: margins },
  { data: [{ type: 'scatter', mode: 'lines', x: [1, 2, 3], y: [1, 3, 2] }], layout: axes },
  {
    data: [bars, { ...bars, name: 'bars' }],
    layout: {
      ...axes,
      barmode: 'overlay',
      showlegend: true,
      legend: { orientation: 'h' },
      shapes: [{ type: 'line', x0: 1, x1: 1, y0: 0, y1: 1, yref: 'paper' }],
      annotations: [{ x: 1, y: 1, yref: 'paper', text: 'here', showarrow: false }],
    },
  },
]

/** Draws plots that nobody sees, each in a task of its own: what plotly does for the first time takes many times as long, too long in one go. */
export async function rehearse(library: typeof plotly): Promise<typeof plotly> {
  for (const { data, layout } of REHEARSALS) {
    await new Promise((resolve) => setTimeout(resolve))
    const place = document.createElement('div')
    await library.react(place, [...data], { ...layout, width: 320, height: 200 }, { displayModeBar: false })
    library.purge(place)
  }
  return library
}
