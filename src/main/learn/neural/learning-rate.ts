const WARM_UP = 0.05

/** Share of the largest rate at a step: up in a straight line over the first twentieth, then down a half cosine to 0 (Loshchilov and Hutter 2017). */
export function rateAt(step: number, steps: number): number {
  const warm = Math.max(1, Math.round(steps * WARM_UP))
  if (step < warm) return (step + 1) / warm
  return 0.5 * (1 + Math.cos((Math.PI * (step - warm)) / Math.max(1, steps - warm)))
}
