import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorData } from '#shared/errors.ts'
import { createAbortFlag, eitherFlag } from '../base/abort.ts'
import { createLog } from '../base/log.ts'
import { createNativeCalls, shareNativeCalls } from '../base/native-calls.ts'
import { systemError } from '../base/system-error.ts'
import { batchMeasurements } from './batch-measurements.ts'
import type { Job } from './job.ts'
import { threadMessageSchema, workerStartSchema, type ThreadMessage, type WorkerMessage } from './messages.ts'
import { throttleProgress } from './throttle-progress.ts'

if (parentPort === null) throw new Error('worker-entry.ts runs in a worker thread only')
const port = parentPort
const start = workerStartSchema.parse(workerData)
const stop = createAbortFlag(start.stop)
const calls = createNativeCalls(start.calls)
shareNativeCalls(calls.buffer)
const send = (message: WorkerMessage): void => {
  port.postMessage(message)
}

async function perform(message: Extract<ThreadMessage, { type: 'job' }>): Promise<void> {
  const measurements = batchMeasurements(
    () => performance.now(),
    (batch) => {
      send({ type: 'measured', measurements: batch })
    },
  )
  try {
    const module = (await import(message.module)) as { default: Job<unknown, unknown> }
    const output = await module.default(message.input, {
      signal: eitherFlag(createAbortFlag(message.abort), stop),
      log: createLog(Date.now, (line) => {
        send({ type: 'log', line })
      }),
      progress: throttleProgress(
        () => performance.now(),
        (fraction, text) => {
          send({ type: 'progress', fraction, message: text })
        },
      ),
      measure: measurements.add,
    })
    measurements.flush()
    send({ type: 'done', output })
  } catch (error) {
    measurements.flush()
    send({ type: 'failed', error: toErrorData(systemError(error)) })
  }
}

let performing = Promise.resolve()

async function endInOrder(): Promise<void> {
  while (calls.pending > 0) await sleep(10)
  process.exit(0)
}

port.on('message', (raw: unknown) => {
  const message = threadMessageSchema.parse(raw)
  if (message.type === 'job') performing = perform(message)
  // Ended by itself when its job has closed what it opened; what still waits by then is nothing that anyone waits for.
  else void performing.then(endInOrder)
})
