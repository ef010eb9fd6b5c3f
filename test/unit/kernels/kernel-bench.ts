import { createRng, type Rng } from '../../../src/main/base/rng.ts'
import { ownKernelPool } from '../../../src/main/wasm/create-kernel-pool.ts'

/** The kernels on this thread, and places for their data. */
export const pool = ownKernelPool()

/** Places values in the kernels' memory and returns their address. */
export function place(values: Uint8Array | Int32Array | Float32Array | BigInt64Array): number {
  const address = pool.arena.allocate(values.byteLength + 64)
  pool.arena.bytes(address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return address
}

/** Room for `bytes` bytes, filled with a pattern so that a cell left unwritten is seen. */
export function room(bytes: number): number {
  const address = pool.arena.allocate(bytes + 64)
  pool.arena.bytes(address, bytes + 64).fill(0xa5)
  return address
}

/** Runs a body for `count` seeds and takes the kernels' memory back after each. */
export function forSeeds(count: number, body: (rng: Rng, seed: number) => void): void {
  for (let seed = 1; seed <= count; seed++) {
    const mark = pool.arena.mark()
    body(createRng(seed), seed)
    pool.arena.release(mark)
  }
}

/** A matrix of random bins, row after row as [row][feature], and both layouts of the kernels. */
export function randomBins(rng: Rng, rows: number, features: number, bins: number): { cells: number[][]; columns: number; stride: number; rows: number; bundleStride: number } {
  const cells = Array.from({ length: rows }, () => Array.from({ length: features }, () => rng.below(bins)))
  const stride = rows + 64
  const bundleStride = rows * 16
  const columns = new Uint8Array(stride * features)
  const bundles = new Uint8Array(bundleStride * Math.ceil(features / 16))
  cells.forEach((row, i) => {
    row.forEach((bin, f) => {
      columns[f * stride + i] = bin
      bundles[(f >> 4) * bundleStride + i * 16 + (f & 15)] = bin
    })
  })
  return { cells, columns: place(columns), stride, rows: place(bundles), bundleStride }
}

/** Random gradients (signed) and hessians (from 0 up) that sum to less than a cell holds. */
export function randomGradients(rng: Rng, rows: number): { gradients: number[]; hessians: number[]; gh: number } {
  const gradients = Array.from({ length: rows }, () => rng.below(200_001) - 100_000)
  const hessians = Array.from({ length: rows }, () => rng.below(100_000))
  return { gradients, hessians, gh: place(BigInt64Array.from(gradients, (g, i) => (BigInt(g) << 32n) + BigInt(hessians[i] as number))) }
}
