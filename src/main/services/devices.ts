import { availableParallelism, cpus } from 'node:os'
import { toErrorData } from '#shared/errors.ts'
import { createAbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createWorkerPool } from '../workers/pool.ts'
import type { KernelCheckInput, KernelCheckOutput } from './kernel-check-job.ts'
import { detectWasmFeatures } from './wasm-features.ts'

/** A way to compute, and whether it works here. */
export type Backend = {
  readonly id: 'tensorflow' | 'webgpu' | 'wasm'
  readonly available: boolean
  readonly selfTest: 'passed' | 'failed' | 'not run'
  /** In words: why it is available or not. */
  readonly reason: string
  /** `memoryBytes` is what one step may use of it. */
  readonly devices: readonly { readonly name: string; readonly memoryBytes: number; readonly threads: number }[]
}

/** What this machine computes with; backends in the order in which they would be chosen. */
export type Devices = {
  /** The first backend that passes its self-test; null where none does. */
  readonly chosen: Backend['id'] | null
  readonly backends: readonly Backend[]
}

/** GPU backends of which this version has no part yet. */
const notBuiltIn: readonly Backend[] = [
  { id: 'tensorflow', available: false, selfTest: 'not run', reason: 'This version of Millrace does not use CUDA yet.', devices: [] },
  { id: 'webgpu', available: false, selfTest: 'not run', reason: 'This version of Millrace does not use WebGPU yet.', devices: [] },
]

async function checkKernels(threads: number): Promise<KernelCheckOutput> {
  const pool = createWorkerPool({ size: 1 })
  try {
    return await pool.run<KernelCheckInput, KernelCheckOutput>(workerUrl('./kernel-check-job.ts', import.meta.url), { threads }, {
      label: 'the self-test of the kernels',
      signal: createAbortFlag(),
    })
  } catch (error) {
    return { passed: false, reason: toErrorData(error).message }
  } finally {
    await pool.close()
  }
}

async function wasmBackend(): Promise<Backend> {
  const features = detectWasmFeatures()
  const absent = Object.entries({ SIMD: features.simd, 'relaxed SIMD': features.relaxedSimd, threads: features.threads }).flatMap(([name, there]) => (there ? [] : [name]))
  if (absent.length > 0) {
    return { id: 'wasm', available: false, selfTest: 'not run', reason: `WebAssembly lacks ${absent.join(', ')} here.`, devices: [] }
  }
  const threads = availableParallelism()
  const { passed, reason } = await checkKernels(threads)
  const name = cpus()[0]?.model.trim() ?? ''
  const device = { name: name === '' || name === 'unknown' ? 'CPU' : name, memoryBytes: Math.floor(memoryBudget()), threads }
  return { id: 'wasm', available: passed, selfTest: passed ? 'passed' : 'failed', reason, devices: [device] }
}

/** What this machine computes with, each backend tried. */
export async function listDevices(): Promise<Devices> {
  const backends = [...notBuiltIn, await wasmBackend()]
  return { chosen: backends.find((backend) => backend.selfTest === 'passed')?.id ?? null, backends }
}
