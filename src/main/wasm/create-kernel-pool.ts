import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createArena, type Arena } from './arena.ts'
import type { KernelCall, KernelPool } from './kernel-pool.ts'
import type { KernelWorkerData } from './kernel-worker.ts'
import { instantiateKernels, loadKernels } from './load-kernels.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { workerUrl } from '#shared/worker-url.ts'

type Helper = { readonly worker: Worker; readonly mailbox: Mailbox }

/**
 * Starts a pool of compute threads over one new memory; `threads` counts the caller's, which blocks while a kernel runs. May be called on
 * any thread. Helpers do not keep the process alive.
 */
export async function createKernelPool(options: { readonly threads?: number } = {}): Promise<KernelPool> {
  const threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()))
  const arena = createArena()
  const started = await Promise.allSettled(Array.from({ length: threads - 1 }, () => startHelper(arena)))
  const helpers = started.flatMap((helper) => (helper.status === 'fulfilled' ? [helper.value] : []))
  const failure = started.find((helper) => helper.status === 'rejected')
  if (failure !== undefined) {
    await Promise.all(helpers.map(({ worker }) => worker.terminate()))
    throw failure.reason
  }
  return poolOf(arena, helpers)
}

let own: KernelPool | undefined

/** This thread's own pool of one thread, started at first use: for predictions where no pool was handed in. */
export function ownKernelPool(): KernelPool {
  own ??= poolOf(createArena(), [])
  return own
}

function poolOf(arena: Arena, helpers: readonly Helper[]): KernelPool {
  const kernels = instantiateKernels(loadKernels(), arena.memory)
  kernels.initialise()
  return {
    threads: helpers.length + 1,
    arena,
    call: (kernel, ...args) => kernels[kernel](...args) ?? 0,
    together(calls) {
      const [first, ...others] = calls
      if (first === undefined) return []
      if (others.length > helpers.length) throw new Error(`${calls.length} kernel calls for ${helpers.length + 1} threads`)
      const run = ({ kernel, args }: KernelCall): number => kernels[kernel](...args) ?? 0
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

async function startHelper(arena: Arena): Promise<Helper> {
  const mailbox = createMailbox()
  const data: KernelWorkerData = { module: loadKernels(), memory: arena.memory, mailbox: mailbox.buffer }
  const worker = new Worker(workerUrl('./kernel-worker.ts', import.meta.url), { workerData: data, name: 'millrace-kernels' })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      resolve()
    })
    worker.once('error', reject)
  })
  worker.unref()
  return { worker, mailbox }
}
