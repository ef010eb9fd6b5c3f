import { availableParallelism } from 'node:os'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { createArena, type Arena } from './arena.ts'
import { kernelModules, type KernelModule } from './kernel-modules.ts'
import type { KernelCall, KernelPool, KernelThreads, NeuralPool } from './kernel-pool.ts'
import type { KernelWorkerData } from './kernel-worker.ts'
import { instantiateKernels, loadKernels, runKernel } from './load-kernels.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import type { WasmMemory } from './webassembly.ts'
import { workerUrl } from '#shared/worker-url.ts'

type Helper = { readonly worker: Worker; readonly mailbox: Mailbox }
type Threads = KernelThreads & {
  call(kernel: string, ...args: readonly number[]): number
  together(calls: readonly KernelCall<string>[]): readonly number[]
}
type Start = (url: URL, options: WorkerOptions) => Worker
type Common = { readonly threads?: number; readonly start?: Start }
type Options = Common & { readonly module?: 'boosting' }
type NeuralOptions = Common & { readonly module: 'neural'; readonly memory: WasmMemory }

/** Helpers that started, and why others did not. */
type Helpers = { readonly helpers: readonly Helper[]; readonly missing: string | undefined }

const ALONE: Helpers = { helpers: [], missing: undefined }

/**
 * Starts a pool of compute threads, over one new memory or, for the neural kernels, over the memory that is handed in; `threads` counts the caller's, which blocks
 * while a kernel runs. May be called on any thread. Helpers do not keep the process alive. Where the system starts fewer threads (`start`), the pool has those that it
 * got and says why, see `missing`.
 */
export async function createKernelPool(options?: Options): Promise<KernelPool>
export async function createKernelPool(options: NeuralOptions): Promise<NeuralPool>
export async function createKernelPool(options: Options | NeuralOptions = {}): Promise<KernelPool | NeuralPool> {
  const threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()))
  const start = options.start ?? ((url, own) => new Worker(url, own))
  if (options.module === 'neural') return threadsOf('neural', options.memory, await startHelpers('neural', options.memory, threads - 1, start))
  const arena = createArena()
  return poolOf(arena, await startHelpers('boosting', arena.memory, threads - 1, start))
}

let own: KernelPool | undefined

/** This thread's own pool of one thread, started at first use: for predictions where no pool was handed in. */
export function ownKernelPool(): KernelPool {
  own ??= poolOf(createArena(), ALONE)
  return own
}

/** The neural kernels on this thread alone, over a memory: for predictions. */
export function neuralPoolOf(memory: WasmMemory): NeuralPool {
  return threadsOf('neural', memory, ALONE)
}

function poolOf(arena: Arena, helpers: Helpers): KernelPool {
  const threads = threadsOf('boosting', arena.memory, helpers)
  threads.call('initialise')
  return { ...threads, arena }
}

function threadsOf(name: KernelModule, memory: WasmMemory, { helpers, missing }: Helpers): Threads {
  const kernels = instantiateKernels(name, loadKernels(name), memory)
  const run = ({ kernel, args }: KernelCall<string>): number => runKernel(kernels, kernel, args)
  return {
    threads: helpers.length + 1,
    ...(missing === undefined ? {} : { missing }),
    call: (kernel, ...args) => runKernel(kernels, kernel, args),
    together(calls) {
      const [first, ...others] = calls
      if (first === undefined) return []
      if (others.length > helpers.length) throw new Error(`${calls.length} kernel calls for ${helpers.length + 1} threads`)
      const boxes = others.map((call, i) => {
        const { mailbox } = helpers[i] as Helper
        mailbox.post(call)
        return { call, mailbox }
      })
      // Calls that no helper has begun when this thread is done with its own are run here: a sleeping helper never holds up the work.
      const results = [run(first), ...boxes.map(({ call, mailbox }) => (mailbox.takeBack() ? run(call) : undefined))]
      return results.map((result, i) => result ?? boxes[i - 1]?.mailbox.result() ?? 0)
    },
    async close() {
      await Promise.all(helpers.map(({ worker }) => worker.terminate()))
    },
  }
}

async function startHelpers(name: KernelModule, memory: WasmMemory, count: number, start: Start): Promise<Helpers> {
  const started = await Promise.allSettled(Array.from({ length: count }, () => startHelper(name, memory, start)))
  const helpers = started.flatMap((helper) => (helper.status === 'fulfilled' ? [helper.value] : []))
  const failure = started.find((helper) => helper.status === 'rejected')
  return { helpers, missing: failure && (failure.reason instanceof Error ? failure.reason.message : String(failure.reason)) }
}

async function startHelper(name: KernelModule, memory: WasmMemory, start: Start): Promise<Helper> {
  const mailbox = createMailbox(kernelModules[name])
  const data: KernelWorkerData = { name, module: loadKernels(name), memory, mailbox: mailbox.buffer }
  const worker = start(workerUrl('./kernel-worker.ts', import.meta.url), { workerData: data, name: 'millrace-kernels' })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      resolve()
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`a thread ended with code ${String(code)} before it began`))
    })
  })
  worker.unref()
  return { worker, mailbox }
}
