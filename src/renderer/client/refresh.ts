import type { Query, QueryClient } from '@tanstack/react-query'

/** Answers are asked for anew at most so often: a run that writes its record several times a second changes many lists. */
const EVERY_MILLISECONDS = 300

/** Asks for stale answers anew. */
export type Refresher = {
  /** Answers whose key `[name, input]` is chosen are stale. */
  mark(isStale: (key: readonly unknown[]) => boolean): void
  stop(): void
}

/**
 * Gathers what is stale and asks for it anew. An answer that is on its way is waited for and then asked for once more: were it
 * cancelled every time, an engine that is busy would never get to give one.
 */
export function createRefresher(queries: QueryClient): Refresher {
  const stale = new Set<Query>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = (): void => {
    timer = undefined
    const waiting = [...stale].filter(({ state }) => state.fetchStatus === 'fetching')
    const ready = new Set([...stale].filter((query) => !waiting.includes(query)))
    stale.clear()
    for (const query of waiting) stale.add(query)
    void queries.invalidateQueries({ predicate: (query) => ready.has(query) })
    if (stale.size > 0) timer = setTimeout(refresh, EVERY_MILLISECONDS)
  }
  return {
    mark(isStale) {
      for (const query of queries.getQueryCache().getAll()) if (isStale(query.queryKey)) stale.add(query)
      if (stale.size > 0) timer ??= setTimeout(refresh, EVERY_MILLISECONDS)
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
