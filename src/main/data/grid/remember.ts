/** A piece of work that is done once, when it is first asked for; what failed is tried again. */
export function remember<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined
  return () => {
    if (done !== undefined) return done
    const now = work()
    done = now
    now.catch(() => {
      if (done === now) done = undefined
    })
    return now
  }
}
