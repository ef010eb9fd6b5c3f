import type plotly from 'plotly.js/lib/core'
import { rehearse } from './rehearse.ts'

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
