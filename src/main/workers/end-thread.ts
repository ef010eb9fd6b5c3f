import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { NativeCalls } from '../base/native-calls.ts'

const pollMilliseconds = 20

/**
 * Waits for a thread that was asked to end. Where it has not within the grace, it is ended by force as soon as no native call
 * of it is under way; `calls` counts those.
 */
export async function endThread(worker: Worker, calls: NativeCalls, graceMilliseconds: number): Promise<void> {
  const ended = once(worker)
  if (await within(ended, graceMilliseconds)) return
  calls.refuse()
  while (calls.pending > 0) if (await within(ended, pollMilliseconds)) return
  await worker.terminate()
}

function once(worker: Worker): Promise<true> {
  // A thread that has ended has no number any more, and says so no second time.
  return worker.threadId < 0 ? Promise.resolve(true) : new Promise((resolve) => worker.once('exit', () => { resolve(true) }))
}

async function within(ended: Promise<true>, milliseconds: number): Promise<boolean> {
  const stop = new AbortController()
  const late = sleep(milliseconds, false, { signal: stop.signal }).catch(() => false)
  const outcome = await Promise.race([ended, late])
  stop.abort()
  return outcome
}
