import { parentPort, workerData } from 'node:worker_threads'
import { toErrorData } from '#shared/errors.ts'
import { createAbortFlag } from '../base/abort.ts'
import { shareNativeCalls } from '../base/native-calls.ts'
import { systemError } from '../base/system-error.ts'
import { sessionRequestSchema, sessionStartSchema, type SessionAnswer } from './session-messages.ts'
import type { OpenSession } from './session.ts'

if (parentPort === null) throw new Error('session-entry.ts runs in a worker thread only')
const port = parentPort
const { module, start, calls } = sessionStartSchema.parse(workerData)
shareNativeCalls(calls)
const { openSession } = (await import(module)) as { openSession: OpenSession<unknown, unknown, unknown> }
const session = await openSession(start)

async function answer(id: number, input: unknown, abort: SharedArrayBuffer): Promise<SessionAnswer> {
  try {
    return { type: 'done', id, output: await session.answer(input, createAbortFlag(abort)) }
  } catch (error) {
    return { type: 'failed', id, error: toErrorData(systemError(error)) }
  }
}

async function receive(raw: unknown): Promise<void> {
  const request = sessionRequestSchema.parse(raw)
  if (request.type === 'ask') {
    port.postMessage(await answer(request.id, request.input, request.abort))
    return
  }
  await session.close()
  port.close()
}

port.on('message', (message: unknown) => {
  void receive(message)
})
