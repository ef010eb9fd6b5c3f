/** What one thread did in one go: when it began, how long it took by the clock and of the processor, in milliseconds. */
export type Task = { readonly at: number; readonly wall: number; readonly processor: number }

/** Milliseconds of the clock that all processes of a machine share: this process's, a host's and the browser's. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

const edges: readonly number[] = [1, 4, 10, 50, 100]

/** How many tasks took how long, e.g. `<1: 900  1–4: 12  …  >100: 0`. */
export function histogram(times: readonly number[]): string {
  const names = ['<1', ...edges.slice(1).map((edge, k) => `${String(edges[k])}–${String(edge)}`), `>${String(edges.at(-1))}`]
  const counts = names.map(() => 0)
  for (const time of times) {
    const bin = edges.findIndex((edge) => time < edge)
    const at = bin < 0 ? edges.length : bin
    counts[at] = (counts[at] ?? 0) + 1
  }
  return names.map((name, k) => `${name}: ${String(counts[k])}`).join('   ')
}
