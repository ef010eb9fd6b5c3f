/** What a gradient kernel reports: Σ|gradient| and Σ hessian in fixed point, exact. */
export type FixedSums = { readonly gradient: number; readonly hessian: number }

/** Fixed-point units: an integer of the kernels is the number times its scale. */
export type Scales = { readonly gradient: number; readonly hessian: number }

const GRADIENT_LIMIT = 2 ** 31 * 0.98
const HESSIAN_LIMIT = 2 ** 32 * 0.98
const AIM = 0.75
const LARGEST = 1e30 // stays far from the end of float32

/**
 * Fixed-point scales for n rows whose gradients and hessians are at most 1 in magnitude: no sum can leave its half of a cell, gradients
 * within ±2^31 and hessians below 2^32.
 */
export function safeScales(rows: number): Scales {
  return { gradient: (GRADIENT_LIMIT * AIM) / rows, hessian: (HESSIAN_LIMIT * AIM) / rows }
}

/**
 * Runs a gradient kernel with scales from the round before and keeps every partial sum within a cell: where the sums came out too large, it is
 * run again with smaller scales. Returns the scales that were used and those for the next round, by the sums of this one: the more a model
 * has learnt, the finer its gradients are counted, whatever the number of rows. Exact integers decide, so any number of threads decides the same.
 */
export function quantise(first: Scales, run: (scales: Scales) => FixedSums): { readonly used: Scales; readonly next: Scales } {
  for (let used = first; ; ) {
    const sums = run(used)
    const next = {
      gradient: rescale(used.gradient, sums.gradient, GRADIENT_LIMIT),
      hessian: rescale(used.hessian, sums.hessian, HESSIAN_LIMIT),
    }
    if (sums.gradient <= GRADIENT_LIMIT && sums.hessian <= HESSIAN_LIMIT) return { used, next }
    used = {
      gradient: sums.gradient > GRADIENT_LIMIT ? next.gradient : used.gradient,
      hessian: sums.hessian > HESSIAN_LIMIT ? next.hessian : used.hessian,
    }
  }
}

function rescale(scale: number, sum: number, limit: number): number {
  return sum === 0 ? scale : Math.fround(Math.min(LARGEST, (scale * limit * AIM) / sum))
}
