import { expect } from 'vitest'
import { createRng, type Rng } from '../../../../src/main/base/rng.ts'
import { createArena } from '../../../../src/main/wasm/arena.ts'
import { createKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'

/** Memory of the tests. */
export const arena = createArena()

/** The neural kernels on this thread. */
export const pool = await createKernelPool({ module: 'neural', memory: arena.memory, threads: 1 })

const SENTINEL = 123.25
const GUARD = 16

/** Normal numbers. */
export function normals(rng: Rng, length: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, () => scale * rng.normal())
}

/** Places values in the kernels' memory, off the 16-byte grid that no kernel may count on, and returns their address. */
export function place(values: Float32Array | Int32Array): number {
  const address = arena.allocate(values.byteLength + 4 + GUARD * 4) + 4
  if (values instanceof Float32Array) arena.float32(address, values.length).set(values)
  else arena.int32(address, values.length).set(values)
  arena.float32(address + values.byteLength, GUARD).fill(SENTINEL)
  return address
}

/** Room for `length` floats that hold NaN, with a guard behind. */
export function room(length: number): number {
  return place(new Float32Array(length).fill(Number.NaN))
}

/** What lies at an address; fails where the kernel wrote beyond. */
export function read(address: number, length: number): Float32Array {
  expect([...arena.float32(address + length * 4, GUARD)].every((value) => value === SENTINEL), 'a kernel wrote beyond its output').toBe(true)
  return arena.float32(address, length).slice()
}

/** Scratch for one thread, filled with NaN so that no kernel relies on zeros. */
export function scratch(bytes: number): number {
  const address = arena.allocate(bytes)
  arena.float32(address, bytes / 4).fill(Number.NaN)
  return address
}

/** Largest difference, relative to the largest expected magnitude. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length)
  let [difference, magnitude] = [0, 1e-30]
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] as number, expected[i] as number]
    if (Number.isNaN(a)) return Number.NaN
    difference = Math.max(difference, Math.abs(a - e))
    magnitude = Math.max(magnitude, Math.abs(e))
  }
  return difference / magnitude
}

/** Asserts that two lists agree to `tolerance`, relative to the largest expected magnitude. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(relativeError(actual, expected)).toBeLessThan(tolerance)
}

/** Derivatives of `value` by each of `at`, by central differences of step `step`. */
export function numericGradient(value: (at: Float64Array) => number, at: ArrayLike<number>, step = 1e-5): Float64Array {
  const point = Float64Array.from(at)
  return point.map((x, i) => {
    const moved = (to: number): number => value(Float64Array.from(point, (y, k) => (k === i ? to : y)))
    return (moved(x + step) - moved(x - step)) / (2 * step)
  })
}

/** Runs a body for `count` seeds and takes the memory back after each. */
export function forSeeds(count: number, body: (rng: Rng) => void): void {
  for (let seed = 1; seed <= count; seed++) {
    const mark = arena.mark()
    body(createRng(seed))
    arena.release(mark)
  }
}
