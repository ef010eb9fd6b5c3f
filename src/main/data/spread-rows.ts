import { ROW_NUMBER } from './parquet.ts'

const GOLDEN_SHARE = (Math.sqrt(5) - 1) / 2

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** The number nearest to `total` times the golden share that has no divisor in common with `total`: its multiples visit every row once. */
function strideFor(total: number): number {
  const wanted = Math.max(1, Math.round(total * GOLDEN_SHARE))
  for (let distance = 0; distance < total; distance++) {
    if (greatestCommonDivisor(wanted + distance, total) === 1) return wanted + distance
    if (wanted > distance && greatestCommonDivisor(wanted - distance, total) === 1) return wanted - distance
  }
  return 1
}

/**
 * SQL condition that holds for exactly `wanted` of `total` rows of a scan with row numbers (wanted ≤ total < 2^31), spread evenly and clear of periods in the data:
 * multiples of the golden ratio modulo 1 are as even as any sequence can be (Knuth, TAOCP 3, 6.4). `seed` (0 … 2^32 − 1) chooses which.
 */
export function spreadRows(total: number, wanted: number, seed: number): string {
  const offset = Math.floor((seed / 2 ** 32) * total)
  return `(${ROW_NUMBER} * ${strideFor(total)} + ${offset}) % ${Math.max(1, total)} < ${wanted}`
}
