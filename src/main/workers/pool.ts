import { cancelled } from '#shared/errors.ts'
import type { JobOptions } from './job-options.ts'
import { startWorker, type PoolWorker } from './pool-worker.ts'

/** How a pool is made. */
export type PoolOptions = {
  /** Worker threads at most; each starts at its first job. */
  readonly size: number
  /** How long a cancelled job may take to stop before its thread is ended by force. */
  readonly graceMilliseconds?: number
  /** JavaScript heap of one thread at most; arrays on shared buffers, DuckDB and kernels do not count. */
  readonly heapMegabytes?: number
}

/** Warm worker threads that run job modules, one job at a time each. */
export type WorkerPool = {
  /**
   * Runs the default export of a module on a worker. Rejects with what the job threw, with `cancelled` once the signal
   * is set, or with `internal` where the worker crashed; the pool goes on in each case.
   */
  run<I, O>(module: URL, input: I, options: JobOptions): Promise<O>
  /** Ends all threads; jobs that still run are rejected as cancelled. */
  close(): Promise<void>
}

/** A pool of worker threads; costs nothing until the first job. */
export function createWorkerPool({ size, graceMilliseconds = 3000, heapMegabytes }: PoolOptions): WorkerPool {
  const idle: PoolWorker[] = []
  const all = new Set<PoolWorker>()
  /** Threads that were given up and still come to their end. */
  const leaving = new Set<Promise<void>>()
  const waiting: (() => void)[] = []
  let closed = false

  const giveUp = (worker: PoolWorker): void => {
    all.delete(worker)
    const end = worker.end().finally(() => leaving.delete(end))
    leaving.add(end)
  }
  const acquire = async (): Promise<PoolWorker> => {
    while (idle.length === 0 && all.size >= size && !closed) await new Promise<void>((wake) => waiting.push(wake))
    if (closed) throw cancelled()
    const warm = idle.pop()
    if (warm?.usable() === true) return warm
    if (warm !== undefined) giveUp(warm) // it crashed while it waited
    const worker = startWorker({ graceMilliseconds, heapMegabytes })
    all.add(worker)
    return worker
  }

  return {
    async run<I, O>(module: URL, input: I, options: JobOptions): Promise<O> {
      options.signal.throwIfAborted()
      const worker = await acquire()
      try {
        if (closed) throw cancelled()
        options.signal.throwIfAborted()
        return (await worker.perform(module, input, options)) as O
      } finally {
        if (worker.usable()) idle.push(worker)
        else giveUp(worker)
        waiting.shift()?.()
      }
    },
    async close() {
      closed = true
      for (const wake of waiting.splice(0)) wake()
      await Promise.all([...[...all].map((worker) => worker.end()), ...leaving])
      all.clear()
    },
  }
}
