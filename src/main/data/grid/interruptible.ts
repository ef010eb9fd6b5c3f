import { cancelled } from '#shared/errors.ts'
import type { AbortFlag } from '../../base/abort.ts'
import type { DataEngine } from '../engine.ts'

/** How often the flag is looked at; shared memory sends no event. */
const pollMilliseconds = 15

/** Runs `work` on a connection of its own, whose statements `signal` stops; rejects with `cancelled` then. */
export async function interruptible<T>(engine: DataEngine, signal: AbortFlag | undefined, work: (engine: DataEngine) => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  const own = await engine.beside()
  const watch = signal === undefined ? undefined : setInterval(() => {
    if (signal.aborted) own.interrupt()
  }, pollMilliseconds)
  try {
    const result = await work(own)
    signal?.throwIfAborted()
    return result
  } catch (error) {
    throw signal?.aborted === true ? cancelled() : error
  } finally {
    clearInterval(watch)
    await own.close()
  }
}
