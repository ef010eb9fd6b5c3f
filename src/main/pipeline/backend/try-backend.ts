import { availableParallelism } from 'node:os'
import { toErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../../base/abort.ts'
import type { BackendId } from '../../compute/backend.ts'
import { forgetDriverCrashes } from '../../compute/backends/driver-use.ts'
import { callsDriver } from '../../compute/backends/index.ts'
import { createWorkerPool } from '../../workers/pool.ts'
import type { BackendCheckInput, BackendCheckOutput } from './backend-check-job.ts'
import type { BackendCheck } from './check.ts'
import { checkInWords } from './check-in-words.ts'
import { DriverFault, inOwnProcess } from './in-own-process.ts'
import type { KernelCheckInput, KernelCheckOutput } from './kernel-check-job.ts'
import { detectWasmFeatures } from './wasm-features.ts'

/** How long a backend may take to start and to train its small networks; drivers hang at times. */
const PATIENCE_MS = 60_000

const again = 'Try it again after an update of the driver, or with `millrace devices --self-test`.'

/** Runs a check on a thread of its own, which is given up when it takes too long. */
async function onOwnThread<I, O>(module: URL, input: I, label: string, patience: number): Promise<O> {
  const pool = createWorkerPool({ size: 1 })
  const signal = createAbortFlag()
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        signal.abort()
        reject(new DriverFault('hangs', `It did not answer within ${String(patience / 1000)} seconds.`))
      }, patience)
    })
    return await Promise.race([pool.run<I, O>(module, input, { label, signal }), late])
  } finally {
    clearTimeout(timer)
    void pool.close()
  }
}

async function checkKernels(threads: number, patience: number): Promise<KernelCheckOutput> {
  try {
    return await onOwnThread<KernelCheckInput, KernelCheckOutput>(workerUrl('./kernel-check-job.ts', import.meta.url), { threads }, 'the self-test of the kernels', patience)
  } catch (error) {
    return { passed: false, reason: toErrorData(error).message }
  }
}

function missingFeatures(id: BackendId): string {
  const { simd, relaxedSimd, threads } = detectWasmFeatures()
  const needed: readonly (readonly [string, boolean])[] = id === 'wasm' ? [['SIMD', simd], ['relaxed SIMD', relaxedSimd], ['threads', threads]] : id === 'wasm-simd' ? [['SIMD', simd]] : []
  return needed.flatMap(([name, there]) => (there ? [] : [name])).join(', ')
}

/**
 * Drivers get a process of their own, which may hang and crash as it likes. The packaged desktop application is no Node that could be started again, so there
 * it is a thread: a crash then ends the application, and the note of `markDriverUse` tells its next start.
 */
async function run(input: BackendCheckInput, patience: number, entry: URL | undefined): Promise<BackendCheckOutput> {
  if (callsDriver(input.id) && process.versions['electron'] === undefined) return inOwnProcess(entry ?? workerUrl('./backend-check-entry.ts', import.meta.url), input, patience)
  return onOwnThread<BackendCheckInput, BackendCheckOutput>(workerUrl('./backend-check-job.ts', import.meta.url), input, `the self-test of ${input.id}`, patience)
}

/** How a backend is tried; both are for tests. */
export type Trial = { readonly patienceMilliseconds?: number; /** Module of the process that calls the driver. */ readonly entry?: URL }

/** Starts a backend and lets it take training steps whose gradients are known; never throws. */
export async function tryBackend(id: BackendId, { patienceMilliseconds: patience = PATIENCE_MS, entry }: Trial = {}): Promise<BackendCheck> {
  const at = Date.now()
  const without = (outcome: 'absent' | 'failed', found: string, nextStep: string): BackendCheck => ({ outcome, device: null, trains: [], found, nextStep, at })
  const missing = missingFeatures(id)
  if (missing !== '') return without('absent', `WebAssembly lacks ${missing} here.`, 'A newer processor or a newer Node has it.')
  const threads = id === 'wasm' ? availableParallelism() : 1
  try {
    const tested = await run({ id, threads }, patience, entry)
    const kernels = id === 'wasm' ? await checkKernels(threads, patience) : { passed: true, reason: '' }
    const passed = tested.trains.length > 0 && !tested.lies && kernels.passed
    const found = [kernels.reason, checkInWords(tested)].filter((text) => text !== '').join(' ')
    return { outcome: passed ? 'passed' : 'failed', device: tested.device, trains: [...tested.trains], found, nextStep: '', at }
  } catch (error) {
    if (error instanceof DriverFault) {
      forgetDriverCrashes(id) // this result says it
      return without('failed', error.message, again)
    }
    const { code, message, nextStep } = toErrorData(error)
    return without(code === 'unsupported' ? 'absent' : 'failed', message, code === 'unsupported' ? nextStep : again)
  }
}
