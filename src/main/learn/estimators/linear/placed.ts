import type { KernelPool } from '../../../wasm/kernel-pool.ts'

/** The memory behind each buffer that `placedNumbers` handed out: a memory that grows has a new buffer, and the old ones stay valid. */
const memories = new WeakMap<ArrayBufferLike, object>()

/** `length` fresh numbers in the memory of `pool`, set to 0; their `byteOffset` is their address. */
export function placedNumbers(pool: KernelPool, length: number): Float64Array {
  const numbers = pool.arena.float64(pool.arena.allocate(length * 8), length).fill(0)
  memories.set(numbers.buffer, pool.arena.memory)
  return numbers
}

/** Whether `values` lie in the memory of `pool`. */
export function liesIn(pool: KernelPool, values: Float64Array): boolean {
  return memories.get(values.buffer) === pool.arena.memory
}

/** Address of numbers that lie in the memory of `pool` already; otherwise that of `scratch`, which becomes a copy of them. */
export function addressOf(pool: KernelPool, values: Float64Array, scratch: Float64Array): number {
  if (liesIn(pool, values)) return values.byteOffset
  scratch.set(values)
  return scratch.byteOffset
}
