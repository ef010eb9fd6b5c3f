import type { KernelCall, KernelPool } from './kernel-pool.ts'

/** A part of a range of rows and the thread that it goes to. */
export type Part = { readonly from: number; readonly to: number; readonly lane: number }

/** Cuts `from` … `to`−1 into at most `parts` pieces of about equal length, none empty, cut at multiples of `multiple` from `from`. */
export function cutRange(from: number, to: number, parts: number, multiple = 1): readonly Part[] {
  const blocks = Math.ceil((to - from) / multiple)
  const count = Math.max(1, Math.min(parts, blocks))
  const cut = (k: number): number => (k === count ? to : from + Math.floor((blocks * k) / count) * multiple)
  return Array.from({ length: count }, (_part, lane) => ({ from: cut(lane), to: cut(lane + 1), lane }))
}

/**
 * Runs a kernel over a range of rows on all threads of the pool, or on this one where the range is shorter than `least`;
 * returns the parts with the kernel's results.
 */
export function runOverRange(
  pool: KernelPool,
  range: { readonly from: number; readonly to: number; readonly least: number; readonly multiple?: number },
  call: (part: Part) => KernelCall,
): readonly (Part & { readonly result: number })[] {
  const { from, to, least, multiple } = range
  const parts = cutRange(from, to, to - from < least ? 1 : pool.threads, multiple)
  const results = pool.together(parts.map(call))
  return parts.map((part, k) => ({ ...part, result: results[k] ?? 0 }))
}
