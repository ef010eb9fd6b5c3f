import { useEffect } from 'react'
import { create } from 'zustand'
import type { MethodOutput } from '#shared/contract/index.ts'
import { useClient } from '../client/client-context.tsx'

/** How often the load of the machine is asked for. */
const EVERY_MILLISECONDS = 5000

/** Points that are kept: a quarter of an hour. */
export const KEPT_LOADS = 180

/** The load of the machine since this window was opened, the newest last. */
export const useLoadHistory = create<{ readonly loads: readonly MethodOutput<'app.load'>[] }>(() => ({ loads: [] }))

/** Asks for the load again and again while the window is seen, and keeps it; used once in a window. */
export function useFollowLoad(): void {
  const client = useClient()
  useEffect(() => {
    const ask = async (): Promise<void> => {
      if (document.hidden) return
      try {
        const load = await client.call('app.load', {})
        useLoadHistory.setState(({ loads }) => ({ loads: [...loads, load].slice(-KEPT_LOADS) }))
      } catch {
        // The banner of the lost connection says it.
      }
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MILLISECONDS)
    return () => clearInterval(timer)
  }, [client])
}
