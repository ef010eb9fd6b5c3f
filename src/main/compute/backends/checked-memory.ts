import { MillraceError } from '#shared/errors.ts'
import { formatBytes } from '../../base/byte-size.ts'
import type { MemoryMeter } from '../backend.ts'

/** What of Emscripten's module hands out memory. */
type Allocator = { _malloc(bytes: number): number; _free(address: number): void }

/** Makes a module throw where it has no memory left: it gives address 0 then, and tensors would be written over what lies there. Counts what it hands out. */
export function throwWhenFull(module: Allocator): MemoryMeter {
  module._free(module._malloc(8)) // the first call puts the real functions in their places
  const [allocate, release] = [module._malloc.bind(module), module._free.bind(module)]
  const sizes = new Map<number, number>()
  let [now, peak] = [0, 0]
  module._malloc = (bytes) => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0) throw full(bytes)
    sizes.set(address, bytes)
    now += bytes
    peak = Math.max(peak, now)
    return address
  }
  module._free = (address) => {
    now -= sizes.get(address) ?? 0
    sizes.delete(address)
    release(address)
  }
  return {
    peakDuring(work) {
      const before = (peak = now)
      work()
      return peak - before
    },
  }
}

function full(bytes: number): MillraceError {
  return new MillraceError({
    code: 'out-of-memory',
    headline: 'The tensors do not fit into compute memory',
    message: `${formatBytes(bytes)} more are needed than are left: tensors can use 4 GiB, and no more than this machine has free.`,
    nextStep: 'Learn in smaller steps (`batchSize`), from fewer rows or from fewer columns.',
    details: { bytes },
  })
}
