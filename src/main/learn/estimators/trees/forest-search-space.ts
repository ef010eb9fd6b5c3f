import type { Candidate } from '../../estimator.ts'

/** Cells that the trees of a forest may look at in an automatic choice: some seconds of one thread. */
const MOST_CELLS = 3e9
const TREES = 300

/** Settings worth trying: the default, and larger leaves, which noise needs. */
export function forestSearchSpace(): readonly Candidate[] {
  return [
    { label: 'default', params: {} },
    { label: 'larger leaves', params: { minSamplesLeaf: 5 } },
  ]
}

/** Whether a forest fits into an automatic choice: rows × depth × columns per split, over all trees. */
export function worthGrowing({ rows, columns }: { readonly rows: number; readonly columns: number }): boolean {
  return TREES * rows * Math.log2(rows + 1) * Math.sqrt(columns) <= MOST_CELLS
}
