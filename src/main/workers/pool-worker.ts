import { Worker } from 'node:worker_threads'
import { cancelled, fromErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../base/abort.ts'
import { createNativeCalls } from '../base/native-calls.ts'
import { crashed } from './crash.ts'
import { endThread } from './end-thread.ts'
import { workerMessageSchema, type ThreadMessage, type WorkerStart } from './messages.ts'
import type { JobOptions } from './job-options.ts'

/** One thread of a pool. */
export type PoolWorker = {
  perform(module: URL, input: unknown, options: JobOptions): Promise<unknown>
  /** False once the thread crashed or was ended. */
  usable(): boolean
  end(): Promise<void>
}

/** Limits of a thread. */
export type ThreadOptions = { readonly graceMilliseconds: number; readonly heapMegabytes: number | undefined }

/** How often the cancellation flag is looked at; shared memory sends no event. */
const pollMilliseconds = 25

type Current = { readonly options: JobOptions; settle(outcome: { output: unknown } | { error: unknown }): void }

/** Starts a worker thread that waits for jobs and does not keep the process alive while it waits. */
export function startWorker({ graceMilliseconds, heapMegabytes }: ThreadOptions): PoolWorker {
  const [calls, stop] = [createNativeCalls(), createAbortFlag()]
  const worker = new Worker(workerUrl('./worker-entry.ts', import.meta.url), {
    name: 'millrace-worker',
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { calls: calls.buffer, stop: stop.buffer } satisfies WorkerStart,
    ...(heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
  })
  let usable = true
  let current: Current | undefined
  let ending: Promise<void> | undefined
  worker.unref()

  const end = (): Promise<void> => {
    usable = false
    return (ending ??= endInOrder())
  }
  const endInOrder = async (): Promise<void> => {
    stop.abort()
    worker.postMessage({ type: 'end' } satisfies ThreadMessage)
    await endThread(worker, calls, graceMilliseconds)
  }
  const fail = (error: unknown): void => {
    usable = false
    current?.settle({ error })
  }
  worker.on('message', (raw: unknown) => {
    try {
      receive(raw, current)
    } catch (error) {
      // A listener of the host failed: the job cannot be followed any more.
      fail(error)
      void end()
    }
  })
  worker.on('messageerror', fail)
  worker.on('error', (error) => {
    fail(crashed(current?.options.label, error))
  })
  worker.on('exit', (code) => {
    fail(crashed(current?.options.label, new Error(`The thread ended with exit code ${code}`)))
  })
  // What libraries print in a worker belongs to the log: standard output carries results.
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      current?.options.onLog?.({ at: Date.now(), level: 'debug', message: text.trimEnd() })
    })
  }

  return {
    async perform(module, input, options) {
      worker.ref()
      const stopWatching = watchForAbort(options, graceMilliseconds, () => {
        fail(cancelled())
        void end()
      })
      try {
        return await new Promise<unknown>((resolve, reject) => {
          current = {
            options,
            settle: (outcome) => {
              current = undefined
              if ('output' in outcome) resolve(outcome.output)
              else reject(outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error)))
            },
          }
          worker.postMessage({ type: 'job', module: module.href, input, abort: options.signal.buffer } satisfies ThreadMessage)
        })
      } finally {
        current = undefined
        stopWatching()
        worker.unref()
      }
    },
    usable: () => usable,
    async end() {
      fail(cancelled())
      await end()
    },
  }
}

function receive(raw: unknown, current: Current | undefined): void {
  if (current === undefined) return // a late line of a job that is settled
  const parsed = workerMessageSchema.safeParse(raw)
  if (!parsed.success) {
    current.settle({ error: crashed(current.options.label, parsed.error) })
    return
  }
  const message = parsed.data
  if (message.type === 'progress') current.options.onProgress?.(message.fraction, message.message)
  else if (message.type === 'log') current.options.onLog?.(message.line)
  else if (message.type === 'measured') current.options.onMeasured?.(message.measurements)
  else if (message.type === 'done') current.settle({ output: message.output })
  else current.settle({ error: fromErrorData(message.error) })
}

/** Calls `stop` where a job still runs some time after its flag was set. */
function watchForAbort(options: JobOptions, graceMilliseconds: number, stop: () => void): () => void {
  let grace: NodeJS.Timeout | undefined
  const poll = setInterval(() => {
    if (!options.signal.aborted) return
    clearInterval(poll)
    grace = setTimeout(stop, graceMilliseconds)
  }, pollMilliseconds)
  return () => {
    clearInterval(poll)
    clearTimeout(grace)
  }
}
