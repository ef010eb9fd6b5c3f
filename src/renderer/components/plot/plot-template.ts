import type { ReadToken } from './token-colors.ts'

const numbered = (read: ReadToken, name: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => read(`--mr-${name}-${String(index + 1)}`))

const scale = (colors: readonly string[]): readonly (readonly [number, string])[] => colors.map((color, index) => [index / (colors.length - 1), color])

/** Whether the margins of a plot are as its layout says, or grow until the labels of its axes fit. */
export type Margins = 'fixed' | 'fitting'

/** The look of every plot: plotly's template in the colours of the theme that is shown. */
export function plotTemplate(read: ReadToken, margins: Margins): object {
  const axis = {
    gridcolor: read('--mr-plot-grid'),
    linecolor: read('--mr-plot-axis'),
    zerolinecolor: read('--mr-plot-axis'),
    zeroline: false,
    ticklen: 0,
    nticks: 6,
    automargin: margins === 'fitting',
    title: { font: { size: 11, color: read('--mr-text-3') }, standoff: 6 },
    tickfont: { size: 11, color: read('--mr-text-3') },
  }
  return {
    layout: {
      colorway: numbered(read, 'cat', 8),
      font: { family: read('--mr-font'), size: 11, color: read('--mr-text-3') },
      paper_bgcolor: 'rgba(0, 0, 0, 0)',
      plot_bgcolor: 'rgba(0, 0, 0, 0)',
      margin: { l: 50, r: 14, t: 8, b: 34 },
      xaxis: { ...axis, showgrid: false, showline: true },
      yaxis: { ...axis, showgrid: true, showline: false, ticklabelstandoff: 4, separatethousands: true },
      colorscale: { sequential: scale(numbered(read, 'seq', 7)), diverging: scale(numbered(read, 'div', 9)) },
      legend: { orientation: 'h', x: 0, xref: 'container', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', font: { size: 11, color: read('--mr-text-2') }, bgcolor: 'rgba(0, 0, 0, 0)' },
      hoverlabel: { bgcolor: read('--mr-surface'), bordercolor: read('--mr-border-2'), font: { size: 11, color: read('--mr-text') }, align: 'left' },
      hovermode: 'closest',
      dragmode: false,
      separators: '.,',
    },
    data: {
      scatter: [{ line: { width: 1.75 }, marker: { size: 6 } }],
      bar: [{ marker: { line: { width: 0 } } }],
      heatmap: [{ colorbar: { thickness: 10, outlinewidth: 0, ticklen: 0 } }],
    },
  }
}
