/** One feature of a node: its cells in fixed point, by bin. */
export type ReferenceFeature = {
  readonly cells: readonly { readonly g: number; readonly h: number }[]
  readonly categorical: boolean
  readonly hasMissing: boolean
}

/** What the search is asked. */
export type ReferenceQuestion = {
  readonly features: readonly ReferenceFeature[]
  readonly count: number
  readonly gradientUnit: number
  readonly hessianUnit: number
  readonly l2: number
  readonly minimumCount: number
  readonly minimumHessian: number
  readonly smoothing: number
  readonly categoricalL2: number
}

/** The best split. `feature` −1: none. `left`: bins that go left, for a categorical one. */
export type ReferenceSplit = { gain: number; feature: number; bin: number; missingRight: number; left: readonly number[] | undefined }

/** Tries every split of every feature, one after the other. */
export function referenceSplit(ask: ReferenceQuestion): ReferenceSplit {
  const sum = (list: readonly { g: number; h: number }[]): { g: number; h: number } => list.reduce((a, b) => ({ g: a.g + b.g, h: a.h + b.h }), { g: 0, h: 0 })
  const total = sum(ask.features[0]?.cells ?? [])
  const [G, H] = [total.g * ask.gradientUnit, total.h * ask.hessianUnit]
  const base = (G * G) / (H + ask.l2)
  const perHessian = ask.count / H
  const allowed = (hl: number): boolean =>
    [hl, H - hl].every((h) => h * perHessian >= ask.minimumCount && h >= ask.minimumHessian)
  let numeric: ReferenceSplit = { gain: 0, feature: -1, bin: 0, missingRight: 0, left: undefined }
  let best = numeric
  ask.features.forEach(({ cells, categorical, hasMissing }, feature) => {
    if (categorical) return
    for (let missingRight = 0; missingRight <= (hasMissing ? 1 : 0); missingRight++) {
      for (let bin = 0; bin < cells.length; bin++) {
        const left = sum(cells.slice(missingRight, bin + 1))
        const [gl, hl] = [left.g * ask.gradientUnit, left.h * ask.hessianUnit]
        const [gr, hr] = [G - gl, H - hl]
        const gain = (gl * gl) / (hl + ask.l2) - base + (gr * gr) / (hr + ask.l2)
        if (allowed(hl) && gain > numeric.gain) numeric = { gain, feature, bin, missingRight, left: undefined }
      }
    }
  })
  best = numeric
  ask.features.forEach(({ cells, categorical }, feature) => {
    if (!categorical) return
    const order = cells
      .map(({ g, h }, bin) => ({ bin, h, key: Math.fround((g * ask.gradientUnit) / (h * ask.hessianUnit + ask.smoothing)) }))
      .filter(({ h }) => h * ask.hessianUnit * perHessian >= 10)
      .sort((a, b) => a.key - b.key || a.bin - b.bin)
    const lambda = ask.l2 + ask.categoricalL2
    order.forEach((_entry, last) => {
      const bins = order.slice(0, last + 1).map(({ bin }) => bin)
      const left = sum(bins.map((bin) => cells[bin] as { g: number; h: number }))
      const [gl, hl] = [left.g * ask.gradientUnit, left.h * ask.hessianUnit]
      const gain = (gl * gl) / (hl + lambda) + ((G - gl) * (G - gl)) / (H - hl + lambda) - base
      if (allowed(hl) && gain > best.gain) best = { gain, feature, bin: 0, missingRight: 0, left: bins }
    })
  })
  return best
}
