/** Waits until all work has ended, and only then throws what the first that failed threw: nothing goes on unseen. */
export async function allDone(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
}
