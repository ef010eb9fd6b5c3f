/** A piece of work that is done once, when it is first asked for; what failed is tried again. */
export type Remembered<T> = {
  get(): Promise<T>
  /** Waits until it is done, or failed, where it was begun; never rejects. */
  settled(): Promise<void>
}

/** Remembers what `work` gives. */
export function remember<T>(work: () => Promise<T>): Remembered<T> {
  let done: Promise<T> | undefined
  const get = (): Promise<T> => {
    if (done !== undefined) return done
    const now = work()
    done = now
    now.catch(() => {
      if (done === now) done = undefined
    })
    return now
  }
  return {
    get,
    async settled() {
      await done?.catch(() => undefined)
    },
  }
}
