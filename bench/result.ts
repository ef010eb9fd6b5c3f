/** One line of a benchmark: medians of alternating runs of ours and the peer, in one process each, on the same data. */
export type BenchResult = {
  readonly bench: string
  readonly case: string
  readonly ours: number
  readonly peer: number
  readonly unit: string
  /** How many times better ours is; above 1: ours is faster. */
  readonly ratio: number
  readonly note: string
}

/** What a benchmark is run with. */
export type BenchOptions = {
  /** Sizes in place of the benchmark's own. */
  readonly rows?: readonly number[]
  /** Takes a line about what is going on. */
  readonly report: (line: string) => void
}

/** A benchmark: runs its cases and returns their results. */
export type Bench = (options: BenchOptions) => Promise<readonly BenchResult[]>

/** Median of a list that is not empty. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Results as a table of text, one line each. */
export function benchTable(results: readonly BenchResult[]): string {
  const number = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(4))
  const lines = [
    ['bench', 'case', 'ours', 'peer', 'unit', 'ratio', 'note'],
    ...results.map((r) => [r.bench, r.case, number(r.ours), number(r.peer), r.unit, `${r.ratio.toFixed(2)}×`, r.note]),
  ]
  const widths = (lines[0] as string[]).map((_head, k) => Math.max(...lines.map((line) => (line[k] as string).length)))
  return lines.map((line) => `${line.map((cell, k) => cell.padEnd(widths[k] as number)).join('  ').trimEnd()}\n`).join('')
}
