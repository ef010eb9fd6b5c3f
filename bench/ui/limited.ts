import { median, type BenchResult } from '../result.ts'

/** Milliseconds that something took, against the limit that is promised for it. */
export function limited(bench: string, name: string, times: readonly number[], limit: number): BenchResult {
  const middle = median(times)
  return { bench: `ui ${bench}`, case: name, ours: middle, peer: limit, unit: 'ms', ratio: limit / middle, note: `median of ${String(times.length)}, worst ${Math.max(...times).toFixed(1)} ms; peer is the limit` }
}
