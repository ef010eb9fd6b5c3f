import { useQueryClient } from '@tanstack/react-query'
import type { Settings, SettingsChange } from '#shared/domain/settings.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { toast } from '../../components/toast.tsx'

/** The settings of this machine, and how to change them. */
export type SettingsAccess = {
  readonly settings: Settings | undefined
  readonly error: unknown
  /** Saves at once; what was chosen shows until the engine has answered, and is taken back where it refuses. */
  save(change: SettingsChange): Promise<void>
}

/** The settings of this machine. */
export function useSettings(): SettingsAccess {
  const client = useClient()
  const queries = useQueryClient()
  const { data, error } = useMethod('app.settings', {})
  const key = ['app.settings', {}]
  return {
    settings: data,
    error,
    async save(change) {
      queries.setQueryData(key, (before: Settings | undefined) => (before === undefined ? before : { ...before, ...change }))
      try {
        queries.setQueryData(key, await client.call('app.saveSettings', change))
      } catch (failure) {
        toast.failure(failure)
        await queries.invalidateQueries({ queryKey: key })
      }
    },
  }
}
