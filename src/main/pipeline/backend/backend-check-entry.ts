import { Worker } from 'node:worker_threads'
import { toErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { checkOnThisThread } from './backend-check-job.ts'
import { checkRequestSchema, type CheckAnswer } from './check-message.ts'

// A process of its own for what a driver may hang or bring down: takes one request, answers it and ends; and
// ends with the process that started it, whose identity is its argument, whatever hangs here.

new Worker(workerUrl('./parent-watch.ts', import.meta.url), { workerData: process.argv[2] }).unref()

process.once('message', (raw) => {
  void answer(raw)
})

async function answer(raw: unknown): Promise<void> {
  const reply = await checkOnThisThread(checkRequestSchema.parse(raw)).then(
    (output): CheckAnswer => ({ output: { ...output, trains: [...output.trains] } }),
    (error: unknown): CheckAnswer => ({ error: toErrorData(error) }),
  )
  process.send?.(reply, () => process.exit(0))
}
