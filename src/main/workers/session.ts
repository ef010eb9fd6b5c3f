import { Worker } from 'node:worker_threads'
import { cancelled, fromErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag, type AbortFlag } from '../base/abort.ts'
import { createNativeCalls } from '../base/native-calls.ts'
import { crashed } from './crash.ts'
import { endThread } from './end-thread.ts'
import { sessionAnswerSchema, type SessionRequest } from './session-messages.ts'

/** What keeps open what it opened, and answers several questions at a time. */
export type Session<I, O> = {
  /** The answer; rejects with `cancelled` once the signal is set. */
  answer(input: I, signal: AbortFlag): Promise<O>
  close(): Promise<void>
}

/** Export `openSession` of a module that runs in a thread of its own. */
export type OpenSession<S, I, O> = (start: S) => Promise<Session<I, O>>

/** A session in a worker thread. */
export type WorkerSession<I, O> = {
  ask(input: I, signal?: AbortFlag): Promise<O>
  /** False once the thread crashed or was ended. */
  usable(): boolean
  /** Lets it close what it opened, then ends the thread. */
  close(): Promise<void>
}

/** How long a session may take to close before its thread is ended by force. */
const graceMilliseconds = 3000

type Waiting<O> = { resolve(output: O): void; reject(error: unknown): void }

/** Starts a thread with a session of `module`; it does not keep the process alive while nothing is asked. */
export function startSession<S, I, O>(module: URL, start: S, label: string): WorkerSession<I, O> {
  const calls = createNativeCalls()
  const worker = new Worker(workerUrl('./session-entry.ts', import.meta.url), { name: 'millrace-session', execArgv: [], workerData: { module: module.href, start, calls: calls.buffer } })
  const waiting = new Map<number, Waiting<O>>()
  let usable = true
  let asked = 0
  worker.unref()
  const fail = (error: unknown): void => {
    usable = false
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const send = (request: SessionRequest): void => {
    worker.postMessage(request)
  }
  worker.on('message', (raw: unknown) => {
    const answer = sessionAnswerSchema.parse(raw)
    const who = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if (answer.type === 'done') who?.resolve(answer.output as O)
    else who?.reject(fromErrorData(answer.error))
  })
  worker.on('messageerror', fail)
  worker.on('error', (error) => {
    fail(crashed(label, error))
  })
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      fail(code === 0 ? cancelled() : crashed(label, new Error(`The thread ended with exit code ${String(code)}`)))
      resolve()
    })
  })
  return {
    ask(input, signal = createAbortFlag()) {
      if (!usable) return Promise.reject(cancelled())
      asked += 1
      const id = asked
      worker.ref()
      return new Promise<O>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        send({ type: 'ask', id, input, abort: signal.buffer })
      })
    },
    usable: () => usable,
    async close() {
      usable = false
      worker.ref()
      send({ type: 'close' })
      await endThread(worker, calls, graceMilliseconds)
      await ended
    },
  }
}
