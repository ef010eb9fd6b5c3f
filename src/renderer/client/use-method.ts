import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/index.ts'
import { useClient } from './client-context.tsx'

/** How an answer is kept. */
export type MethodOptions = {
  /** False: ask nothing yet. */
  readonly enabled?: boolean
  /** Shows the answer to the previous input while the next one is on its way. */
  readonly keepPrevious?: boolean
  /** Asks again after so many milliseconds. */
  readonly refetchInterval?: number | false
}

/** The answer of a method, kept and shared under the key `[name, input]`; it is asked for anew when the engine says that it changed. */
export function useMethod<N extends MethodName>(name: N, input: MethodInput<N>, options: MethodOptions = {}): UseQueryResult<MethodOutput<N>> {
  const client = useClient()
  const { enabled = true, keepPrevious = false, refetchInterval = false } = options
  const result = useQuery<unknown>({
    queryKey: [name, input],
    queryFn: () => client.call(name, input),
    enabled,
    refetchInterval,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
  // The client has checked the answer with the method's own schema.
  return result as UseQueryResult<MethodOutput<N>>
}
