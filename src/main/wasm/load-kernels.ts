import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MillraceError } from '#shared/errors.ts'
import { kernelNames, type KernelName } from './kernel-names.ts'
import { webAssembly, type WasmMemory, type WasmModule } from './webassembly.ts'

/** The kernels of one thread, bound to one memory. */
export type Kernels = Readonly<Record<KernelName, (...args: readonly number[]) => number>>

const modulePath = fileURLToPath(new URL('../../../resources/kernels/boosting.wasm', import.meta.url))

let loaded: WasmModule | undefined

/** The compiled kernels, read from `resources/kernels` once per thread; throws MillraceError where they were not built. */
export function loadKernels(): WasmModule {
  loaded ??= new webAssembly.Module(readModule())
  return loaded
}

function readModule(): Uint8Array {
  try {
    return readFileSync(modulePath)
  } catch (error) {
    throw new MillraceError(
      {
        code: 'internal',
        headline: 'The compute kernels are missing',
        message: `${modulePath} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        nextStep: 'Build them with "node scripts/build-kernels.ts" (npm ci does it), then try again.',
        details: { file: modulePath },
      },
      error,
    )
  }
}

/** An instance of the kernels over `memory`; every thread needs its own. */
export function instantiateKernels(module: WasmModule, memory: WasmMemory): Kernels {
  const { exports } = new webAssembly.Instance(module, { env: { memory } })
  const absent = kernelNames.filter((name) => typeof exports[name] !== 'function')
  if (absent.length > 0) throw new Error(`resources/kernels/boosting.wasm is out of date: it lacks ${absent.join(', ')}`)
  return exports
}
