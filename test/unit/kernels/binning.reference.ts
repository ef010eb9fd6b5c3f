/** Bin of a number: 0 where missing, else 1 + how many thresholds are below it. */
export function referenceBin(value: number, thresholds: readonly number[]): number {
  return Number.isNaN(value) ? 0 : 1 + thresholds.filter((threshold) => threshold < value).length
}

/** Bin of a category code: 0 where it is missing, broken or out of range. */
export function referenceCodeBin(value: number, binOfCode: readonly number[]): number {
  return Number.isInteger(value) ? (binOfCode[value] ?? 0) : 0
}
