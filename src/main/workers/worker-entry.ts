import { parentPort } from 'node:worker_threads'
import { toErrorData } from '#shared/errors.ts'
import { createAbortFlag } from '../base/abort.ts'
import { createLog } from '../base/log.ts'
import { systemError } from '../base/system-error.ts'
import { batchMeasurements } from './batch-measurements.ts'
import type { Job } from './job.ts'
import { jobMessageSchema, type WorkerMessage } from './messages.ts'
import { throttleProgress } from './throttle-progress.ts'

if (parentPort === null) throw new Error('worker-entry.ts runs in a worker thread only')
const port = parentPort
const send = (message: WorkerMessage): void => {
  port.postMessage(message)
}

async function perform(raw: unknown): Promise<void> {
  const measurements = batchMeasurements(
    () => performance.now(),
    (batch) => {
      send({ type: 'measured', measurements: batch })
    },
  )
  try {
    const message = jobMessageSchema.parse(raw)
    const module = (await import(message.module)) as { default: Job<unknown, unknown> }
    const output = await module.default(message.input, {
      signal: createAbortFlag(message.abort),
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

port.on('message', (message: unknown) => {
  void perform(message)
})
