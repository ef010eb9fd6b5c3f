import { MillraceError } from '#shared/errors.ts'
import { formatBytes } from '../../base/byte-size.ts'

/** What of Emscripten's module hands out memory. */
type Allocator = { _malloc(bytes: number): number; _free(address: number): void }

/** Makes a module throw where it has no memory left: it gives address 0 then, and tensors would be written over what lies there. */
export function throwWhenFull(module: Allocator): void {
  module._free(module._malloc(8)) // the first call puts the real functions in their places
  const allocate = module._malloc.bind(module)
  module._malloc = (bytes) => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0) throw full(bytes)
    return address
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
