import type plotly from 'plotly.js/lib/core'

/** The plotting library. */
export type Plotly = typeof plotly

let loading: Promise<Plotly> | undefined

/** Loads the plotting library when the first plot is shown; a failed attempt is made again. */
export async function loadPlotly(): Promise<Plotly> {
  loading ??= import('./plotly.ts').then(({ Plotly }) => rehearse(Plotly))
  try {
    return await loading
  } catch (error) {
    loading = undefined
    throw error
  }
}

/** Draws a plot that nobody sees: the first one takes twice as long as others, and so much should not be done in one go. */
async function rehearse(plotly: Plotly): Promise<Plotly> {
  await new Promise((resolve) => setTimeout(resolve))
  const place = document.createElement('div')
  await plotly.react(place, [], { width: 320, height: 200, xaxis: { title: { text: 'x' } }, yaxis: { title: { text: 'y' }, automargin: true } }, { displayModeBar: false })
  plotly.purge(place)
  return plotly
}
