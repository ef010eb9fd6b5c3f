import { QueryClient } from '@tanstack/react-query'
import { toErrorData } from '#shared/errors.ts'

const TRIES = 2

/** Keeps answers until the engine says that they changed: events tell, so nothing is asked again by time or focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The engine is on this machine: being offline stops nothing.
        networkMode: 'always',
        retry: (failures, error) => failures < TRIES && toErrorData(error).code === 'disconnected',
        retryDelay: 500,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
