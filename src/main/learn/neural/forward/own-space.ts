import { createArena, type Arena } from '../../../wasm/arena.ts'
import { neuralPoolOf } from '../../../wasm/create-kernel-pool.ts'
import type { NeuralPool } from '../../../wasm/kernel-pool.ts'
import { splitProduct, type Product } from '../../../wasm/split-product.ts'

/** Where predictions compute: the neural kernels on this thread, in a memory of its own. */
export type OwnSpace = { readonly arena: Arena; readonly pool: NeuralPool; readonly scratch: number }

let own: OwnSpace | undefined

/** This thread's own kernels: predictions need no backend. */
export function ownSpace(): OwnSpace {
  if (own !== undefined) return own
  const arena = createArena()
  const pool = neuralPoolOf(arena.memory)
  own = { arena, pool, scratch: arena.allocate(pool.call('productScratch')) }
  return own
}

/** A copy of numbers in that memory. */
export function placed({ arena }: OwnSpace, values: Float32Array): number {
  const address = arena.allocate(values.byteLength)
  arena.float32(address, values.length).set(values)
  return address
}

/** A matrix product there. */
export function multiply({ pool, scratch }: OwnSpace, product: Product): void {
  pool.together(splitProduct(product, [scratch]))
}
