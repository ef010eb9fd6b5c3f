import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { openProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'

/** Opens a project in this window and goes to its pipeline; `error` says why one could not be opened. `make`: the folder becomes one. */
export function useOpenProject(): { open(path: string, make?: boolean): Promise<void>; readonly error: ErrorData | undefined } {
  const client = useClient()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [error, setError] = useState<ErrorData>()
  return {
    error,
    async open(path, make = false) {
      setError(undefined)
      try {
        const summary = await client.call(make ? 'projects.create' : 'projects.open', { path })
        openProject(summary.path)
        await queries.invalidateQueries({ queryKey: ['projects.recent'] })
        await navigate({ to: summary.counts.runs === 0 && summary.pipeline === null ? '/data' : '/pipeline', search: {} })
      } catch (thrown) {
        setError(toErrorData(thrown))
      }
    },
  }
}
