import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MillraceError } from '#shared/errors.ts'
import { kernelModules, type KernelModule } from './kernel-modules.ts'
import { webAssembly, type WasmExports, type WasmMemory, type WasmModule } from './webassembly.ts'

const loaded = new Map<KernelModule, WasmModule>()

/** Path of a compiled module. */
function pathOf(name: KernelModule): string {
  return fileURLToPath(new URL(`../../../resources/kernels/${name}.wasm`, import.meta.url))
}

/** A module of compiled kernels, read from `resources/kernels` once per thread; throws MillraceError where it was not built. */
export function loadKernels(name: KernelModule): WasmModule {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const module = new webAssembly.Module(readModule(pathOf(name)))
  loaded.set(name, module)
  return module
}

function readModule(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new MillraceError(
      {
        code: 'internal',
        headline: 'The compute kernels are missing',
        message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        nextStep: 'Build them with "node scripts/build-kernels.ts" (npm ci does it), then try again.',
        details: { file: path },
      },
      error,
    )
  }
}

/** An instance of a module's kernels over `memory`; every thread needs its own. */
export function instantiateKernels(name: KernelModule, module: WasmModule, memory: WasmMemory): WasmExports {
  const { exports } = new webAssembly.Instance(module, { env: { memory } })
  const absent = kernelModules[name].filter((kernel) => typeof exports[kernel] !== 'function')
  if (absent.length > 0) throw new Error(`resources/kernels/${name}.wasm is out of date: it lacks ${absent.join(', ')}`)
  return exports
}

/** Runs a kernel of an instance and returns its result, 0 where it has none. */
export function runKernel(kernels: WasmExports, kernel: string, args: readonly number[]): number {
  const run = kernels[kernel]
  if (run === undefined) throw new Error(`There is no kernel ${kernel}`)
  return run(...args) ?? 0
}
