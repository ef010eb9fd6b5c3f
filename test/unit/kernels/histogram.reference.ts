/** Histogram of one feature: per bin the sums of gradients and hessians of the rows in it. */
export function referenceHistogram(
  cells: readonly (readonly number[])[],
  feature: number,
  rows: readonly number[],
  gradients: readonly number[],
  hessians: readonly number[],
): readonly bigint[] {
  const sums = Array.from({ length: 256 }, () => ({ g: 0, h: 0 }))
  for (const row of rows) {
    const bin = sums[cells[row]?.[feature] as number] as { g: number; h: number }
    bin.g += gradients[row] as number
    bin.h += hessians[row] as number
  }
  return sums.map(({ g, h }) => (BigInt(g) << 32n) + BigInt(h))
}
