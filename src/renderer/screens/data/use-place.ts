import { useNavigate, useSearch } from '@tanstack/react-router'

/** What of the data the address shows. */
export type DataAddress = { readonly dataset?: string | undefined; readonly version?: number | undefined; readonly column?: string | undefined; readonly tab?: string | undefined }

/** What the address shows, and how to go elsewhere: a change of the column alone leaves no step to go back to. */
export function useDataAddress(): { readonly at: DataAddress; go(next: DataAddress, replace?: boolean): void } {
  const at = useSearch({ strict: false })
  const navigate = useNavigate()
  return {
    at: { dataset: at.dataset, version: at.version, column: at.column, tab: at.tab },
    go: (next, replace = false) => void navigate({ to: '/data', search: next, replace }),
  }
}
