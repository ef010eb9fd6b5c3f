import Plotly from 'plotly.js/lib/core'
import bar from 'plotly.js/lib/bar'
import box from 'plotly.js/lib/box'
import heatmap from 'plotly.js/lib/heatmap'
import histogram from 'plotly.js/lib/histogram'
import violin from 'plotly.js/lib/violin'

// Traces that need no code made at run time, which the page's policy forbids; `scatter` is in the core.
Plotly.register([bar, box, heatmap, histogram, violin])

export { Plotly }
