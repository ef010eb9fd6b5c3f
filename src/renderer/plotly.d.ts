/** The parts of plotly.js that are bundled one by one; its own types describe the whole only. */
declare module 'plotly.js/lib/core' {
  import type { Config, Data, Layout } from 'plotly.js'

  export type DrawnPlot = HTMLElement & {
    readonly data: readonly Data[]
    readonly layout: Partial<Layout>
    on(event: string, listener: (event: { readonly points: readonly PlotPoint[] }) => void): void
    removeAllListeners(event: string): void
  }
  export type PlotPoint = { readonly curveNumber: number; readonly pointNumber: number; readonly x: unknown; readonly y: unknown }

  const Plotly: {
    register(modules: readonly object[]): void
    react(place: HTMLElement, data: readonly Data[], layout: Partial<Layout>, config: Partial<Config>): Promise<DrawnPlot>
    purge(place: HTMLElement): void
    toImage(figure: { readonly data: readonly Data[]; readonly layout: Partial<Layout> }, options: { readonly format: 'png' | 'svg'; readonly width: number; readonly height: number; readonly scale?: number }): Promise<string>
    readonly Plots: { resize(place: HTMLElement): unknown }
  }
  export default Plotly
}

declare module 'plotly.js/lib/bar' {
  const trace: object
  export default trace
}
declare module 'plotly.js/lib/box' {
  const trace: object
  export default trace
}
declare module 'plotly.js/lib/heatmap' {
  const trace: object
  export default trace
}
declare module 'plotly.js/lib/histogram' {
  const trace: object
  export default trace
}
declare module 'plotly.js/lib/violin' {
  const trace: object
  export default trace
}
