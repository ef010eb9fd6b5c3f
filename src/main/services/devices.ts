import { availableParallelism } from 'node:os'
import { toErrorData } from '#shared/errors.ts'
import { createAbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { backendIds, type BackendId, type ComputeDevice } from '../compute/backend.ts'
import { networkKinds, type NetworkKind } from '../compute/self-test/networks.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createWorkerPool } from '../workers/pool.ts'
import type { BackendCheckInput, BackendCheckOutput } from './backend-check-job.ts'
import type { KernelCheckInput, KernelCheckOutput } from './kernel-check-job.ts'
import { detectWasmFeatures } from './wasm-features.ts'

/** A way to compute, and whether it works here. */
export type Backend = {
  readonly id: BackendId
  readonly available: boolean
  readonly selfTest: 'passed' | 'failed' | 'not run'
  /** In words: why it is available or not, and what it can train. */
  readonly reason: string
  /** `memoryBytes` is what one step may use of it; null where the driver does not tell. `threads` of this machine; 0: it computes by itself. */
  readonly devices: readonly { readonly name: string; readonly memoryBytes: number | null; readonly threads: number }[]
}

/** What this machine computes with; graphics cards first. */
export type Devices = {
  /** What models are trained by where a step does not name another: `wasm`; null where it fails its self-test. */
  readonly chosen: Backend['id'] | null
  readonly backends: readonly Backend[]
}

/** How long a backend may take to start and to train four small networks; drivers hang at times. */
const PATIENCE_MS = 60_000

const kindInWords: Readonly<Record<NetworkKind, string>> = { dense: 'dense networks', embedding: 'embeddings', convolution: 'convolutions', recurrence: 'recurrences' }

/** Runs a check on a thread of its own, which is given up when it takes too long. */
async function onOwnThread<I, O>(module: URL, input: I, label: string): Promise<O> {
  const pool = createWorkerPool({ size: 1 })
  const signal = createAbortFlag()
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        signal.abort()
        reject(new Error(`It did not answer within ${String(PATIENCE_MS / 1000)} seconds.`))
      }, PATIENCE_MS)
    })
    return await Promise.race([pool.run<I, O>(module, input, { label, signal }), late])
  } finally {
    clearTimeout(timer)
    void pool.close()
  }
}

async function checkKernels(threads: number): Promise<KernelCheckOutput> {
  try {
    return await onOwnThread<KernelCheckInput, KernelCheckOutput>(workerUrl('./kernel-check-job.ts', import.meta.url), { threads }, 'the self-test of the kernels')
  } catch (error) {
    return { passed: false, reason: toErrorData(error).message }
  }
}

function missingFeatures(id: BackendId): string {
  const { simd, relaxedSimd, threads } = detectWasmFeatures()
  const needed: readonly (readonly [string, boolean])[] = id === 'wasm' ? [['SIMD', simd], ['relaxed SIMD', relaxedSimd], ['threads', threads]] : id === 'wasm-simd' ? [['SIMD', simd]] : []
  return needed.flatMap(([name, there]) => (there ? [] : [name])).join(', ')
}

async function tryBackend(id: BackendId): Promise<Backend> {
  const absent = (reason: string): Backend => ({ id, available: false, selfTest: 'not run', reason, devices: [] })
  if (id === 'tensorflow') return absent('CUDA needs the package @tensorflow/tfjs-node-gpu, which is not installed.')
  const missing = missingFeatures(id)
  if (missing !== '') return absent(`WebAssembly lacks ${missing} here.`)
  const threads = id === 'wasm' ? availableParallelism() : 1
  try {
    const found = await onOwnThread<BackendCheckInput, BackendCheckOutput>(workerUrl('./backend-check-job.ts', import.meta.url), { id, threads }, `the self-test of ${id}`)
    const kernels = id === 'wasm' ? await checkKernels(threads) : { passed: true, reason: '' }
    const passed = found.trains.includes('dense') && kernels.passed
    const { device } = found
    const memoryBytes = device.kind === 'gpu' ? device.memoryBytes : Math.floor(memoryBudget())
    const use = passed && id === 'webgpu' ? 'A neural network learns on it where its step says `backend: webgpu`.' : ''
    const reason = [kernels.reason, inWords(found), use].filter((text) => text !== '').join(' ')
    return { id, available: passed, selfTest: passed ? 'passed' : 'failed', reason, devices: [{ name: nameOf(device), memoryBytes, threads: device.threads }] }
  } catch (error) {
    const { code, message, nextStep } = toErrorData(error)
    return code === 'unsupported' ? absent(`${message} ${nextStep}`) : { ...absent(message), selfTest: 'failed' }
  }
}

function nameOf({ name, kind, driver }: ComputeDevice): string {
  const software = kind === 'software' ? ', a driver that computes on the processor' : ''
  return `${name}${driver === '' ? '' : ` (${driver})`}${software}`
}

/** What the self-test found, as a sentence. */
function inWords({ trains, failures }: BackendCheckOutput): string {
  const list = (kinds: readonly NetworkKind[]): string => kinds.map((kind) => kindInWords[kind]).join(', ')
  if (trains.length === networkKinds.length) return 'A training step of every kind of network gave the right gradients.'
  const wrong = networkKinds.filter((kind) => failures[kind] !== undefined)
  const why = wrong.map((kind) => `${kindInWords[kind]}: ${failures[kind] ?? ''}`).join('; ')
  return trains.length === 0 ? `No training step gave the right gradients (${why}).` : `Trains ${list(trains)}; cannot train ${list(wrong)}.`
}

/** What this machine computes with, each backend tried, one after the other. */
export async function listDevices(): Promise<Devices> {
  const backends: Backend[] = []
  for (const id of backendIds) backends.push(await tryBackend(id))
  return { chosen: backends.find(({ id, selfTest }) => id === 'wasm' && selfTest === 'passed')?.id ?? null, backends }
}
