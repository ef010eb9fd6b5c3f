import { cancelled } from '#shared/errors.ts'

/** A cancellation flag on shared memory: set by the host thread, polled by loops that never yield. */
export type AbortFlag = {
  readonly buffer: SharedArrayBuffer
  abort(): void
  readonly aborted: boolean
  /** Throws the `cancelled` error once the flag is set; a few nanoseconds, so call it per block of work. */
  throwIfAborted(): void
}

/** A new flag, or another thread's view of an existing one. */
export function createAbortFlag(buffer: SharedArrayBuffer = new SharedArrayBuffer(4)): AbortFlag {
  const word = new Int32Array(buffer)
  return {
    buffer,
    abort() {
      Atomics.store(word, 0, 1)
    },
    get aborted() {
      return Atomics.load(word, 0) === 1
    },
    throwIfAborted() {
      if (Atomics.load(word, 0) === 1) throw cancelled()
    },
  }
}

/** A flag that is set once either of two is; setting it sets the first. */
export function eitherFlag(first: AbortFlag, second: AbortFlag): AbortFlag {
  return {
    buffer: first.buffer,
    abort: () => {
      first.abort()
    },
    get aborted() {
      return first.aborted || second.aborted
    },
    throwIfAborted() {
      first.throwIfAborted()
      second.throwIfAborted()
    },
  }
}
