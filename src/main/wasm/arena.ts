import { MillraceError } from '#shared/errors.ts'
import { webAssembly, type WasmMemory } from './webassembly.ts'

const PAGE = 65536
const MOST_PAGES = 65536

/** Memory that kernels and threads share: 4 GiB at most, handed out in order and taken back in reverse order. */
export type Arena = {
  readonly memory: WasmMemory
  /** Address of `bytes` fresh bytes, aligned to 64; their content is undefined. Throws MillraceError `out-of-memory`. */
  allocate(bytes: number): number
  /** Where the next allocation starts; pass it to `release`. */
  mark(): number
  /** Takes back everything that was allocated since `mark`. */
  release(mark: number): void
  bytes(address: number, length: number): Uint8Array<SharedArrayBuffer>
  int32(address: number, length: number): Int32Array<SharedArrayBuffer>
  float32(address: number, length: number): Float32Array<SharedArrayBuffer>
  float64(address: number, length: number): Float64Array<SharedArrayBuffer>
  /** Signed 64-bit integers, e.g. sums in fixed point. */
  int64(address: number, length: number): BigInt64Array<SharedArrayBuffer>
}

/** A new memory; its first page belongs to the kernels. Views stay valid while the memory grows. */
export function createArena(): Arena {
  const memory = new webAssembly.Memory({ initial: 2, maximum: MOST_PAGES, shared: true })
  let top = PAGE
  return {
    memory,
    allocate(bytes) {
      const address = Math.ceil(top / 64) * 64
      growTo(memory, address + bytes)
      top = address + bytes
      return address
    },
    mark: () => top,
    release(mark) {
      top = mark
    },
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
    int32: (address, length) => new Int32Array(memory.buffer, address, length),
    float32: (address, length) => new Float32Array(memory.buffer, address, length),
    float64: (address, length) => new Float64Array(memory.buffer, address, length),
    int64: (address, length) => new BigInt64Array(memory.buffer, address, length),
  }
}

function growTo(memory: WasmMemory, bytes: number): void {
  const present = memory.buffer.byteLength / PAGE
  const wanted = Math.ceil(bytes / PAGE)
  if (wanted <= present) return
  if (wanted > MOST_PAGES) throw tooLarge(bytes)
  try {
    memory.grow(Math.min(MOST_PAGES, Math.max(wanted, Math.ceil(present * 1.25))) - present)
  } catch (error) {
    throw tooLarge(bytes, error)
  }
}

function tooLarge(bytes: number, cause?: unknown): MillraceError {
  return new MillraceError(
    {
      code: 'out-of-memory',
      headline: 'The data does not fit in compute memory',
      message: `The kernels need ${(bytes / 2 ** 30).toFixed(1)} GiB; they can use 4 GiB, and no more than this machine has free.`,
      nextStep: 'Learn from fewer rows or columns: take a sample of the data, or drop columns in features/recipe.',
      details: { bytes },
    },
    cause,
  )
}
