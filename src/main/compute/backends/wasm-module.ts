import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { webAssembly, type WasmMemory } from '../../wasm/webassembly.ts'
import type { MemoryMeter } from '../backend.ts'
import { throwWhenFull } from './checked-memory.ts'

/** TensorFlow.js's WebAssembly, loaded but not yet a backend. */
export type TensorModule = ConstructorParameters<typeof BackendWasm>[0] & { _malloc(bytes: number): number; _free(address: number): void }

/** What the loader that comes with the package makes: Emscripten's object, of which only these are used. */
type Loaded = {
  cwrap(name: string, result: 'number' | null, args: readonly 'number'[]): (...args: readonly number[]) => number
  tfjs?: unknown
}
type Loader = (options: { readonly wasmBinary: Uint8Array; readonly wasmMemory?: WasmMemory }) => Promise<Loaded>

// Not named `require`: the built tree has one of that name already.
const requireScript = createRequire(import.meta.url)
const folder = join(dirname(requireScript.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out')
const PAGE = 65536
const FIRST_PAGES = 1024

/** The module with SIMD in a memory of its own, as the package has it. */
export async function loadSimdModule(): Promise<TensorModule> {
  const module = ready(await load('tfjs-backend-wasm.js', 'tfjs-backend-wasm-simd.wasm'))
  throwWhenFull(module)
  return module
}

/** The module in a memory that our kernels and their threads share, up to 4 GiB. */
export async function loadSharedModule(): Promise<{ readonly module: TensorModule; readonly memory: WasmMemory; readonly meter: MemoryMeter }> {
  const memory = new webAssembly.Memory({ initial: FIRST_PAGES, maximum: 2 ** 32 / PAGE, shared: true })
  const module = ready(await load('tfjs-backend-wasm-threaded-simd.js', 'tfjs-backend-wasm-threaded-simd.wasm', memory))
  return { module, memory, meter: throwWhenFull(module) }
}

async function load(script: string, binary: string, wasmMemory?: WasmMemory): Promise<Loaded> {
  const loader = requireScript(join(folder, script)) as Loader
  const options = { wasmBinary: readFileSync(join(folder, binary)), ...(wasmMemory === undefined ? {} : { wasmMemory }) }
  return withoutSideEffects(() => loader(options))
}

/** The bridge that the package's own loader adds: names and arity of the functions behind `BackendWasm`. */
function ready(module: Loaded): TensorModule {
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: () => undefined, // its own ends in an error at times; the memory goes with the module
  }
  return module as unknown as TensorModule
}

/**
 * The loader starts eight threads, which compute nothing outside a web page, and catches every error of the process to print its own source.
 * It gets threads that only say that they are there, and its listeners are taken away again.
 */
function withoutSideEffects<T>(load: () => T): T {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)))
  const own = Object.getOwnPropertyDescriptor(globalThis, 'Worker')
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => IdleThread, set() {} })
  try {
    return load()
  } finally {
    Reflect.deleteProperty(globalThis, 'Worker')
    if (own !== undefined) Object.defineProperty(globalThis, 'Worker', own)
    events.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (before[i]?.has(listener) !== true) process.removeListener(event, listener as () => void)
      }
    })
  }
}

/** Answers the loader that it is ready. */
class IdleThread {
  onmessage: ((event: { data: { cmd: string } }) => void) | undefined
  postMessage({ cmd }: { readonly cmd: string }): void {
    if (cmd === 'load') queueMicrotask(() => this.onmessage?.({ data: { cmd: 'loaded' } }))
  }
  on(): void {}
  ref(): void {}
  unref(): void {}
  terminate(): void {}
}
