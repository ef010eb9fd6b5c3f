import { webAssembly } from '../../wasm/webassembly.ts'

/** Parts of WebAssembly that the kernels use beyond its first version. */
export type WasmFeatures = { readonly simd: boolean; readonly relaxedSimd: boolean; readonly threads: boolean }

// The smallest modules that need each feature: splat and popcount lanes, a relaxed swizzle, an atomic load from shared memory.
const simdModule = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
const relaxedModule = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]
const threadsModule = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11]

function compiles(bytes: readonly number[]): boolean {
  try {
    return new webAssembly.Module(Uint8Array.from(bytes)) instanceof Object
  } catch {
    return false
  }
}

/** What this machine's WebAssembly can do, found by compiling tiny modules. */
export function detectWasmFeatures(): WasmFeatures {
  return { simd: compiles(simdModule), relaxedSimd: compiles(relaxedModule), threads: compiles(threadsModule) }
}
