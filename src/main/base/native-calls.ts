import { cancelled } from '#shared/errors.ts'

/**
 * How many native calls of a thread are under way, on memory that other threads see. A thread must not be ended while there
 * are any: what is to run at their end would find no JavaScript any more, and the whole process would abort.
 */
export type NativeCalls = {
  readonly buffer: SharedArrayBuffer
  readonly pending: number
  /** From here on no call begins: once none is pending, none will be. */
  refuse(): void
}

const [PENDING, REFUSED] = [0, 1]

/** A new counter, or another thread's view of an existing one. */
export function createNativeCalls(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)): NativeCalls {
  const words = new Int32Array(buffer)
  return {
    buffer,
    get pending() {
      return Atomics.load(words, PENDING)
    },
    refuse() {
      Atomics.store(words, REFUSED, 1)
    },
  }
}

let ownWords = new Int32Array(new SharedArrayBuffer(8))

/** Lets another thread see the native calls of this one, through the buffer of its counter. */
export function shareNativeCalls(buffer: SharedArrayBuffer): void {
  ownWords = new Int32Array(buffer)
}

/** Runs `work`, which calls native code that ends later, counted as one call of this thread; rejects with `cancelled` where no more may begin. */
export async function nativeCall<T>(work: () => Promise<T>): Promise<T> {
  const words = ownWords
  Atomics.add(words, PENDING, 1)
  try {
    if (Atomics.load(words, REFUSED) === 1) throw cancelled()
    return await work()
  } finally {
    Atomics.sub(words, PENDING, 1)
  }
}
