import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../client/client-context.tsx'
import { toast } from '../components/toast.tsx'
import { openProject } from './project.ts'

/** Opens the project in a folder and shows it; gives whether that worked, and says why where it did not. */
export function useSwitchProject(): (path: string) => Promise<boolean> {
  const client = useClient()
  const queries = useQueryClient()
  return async (path) => {
    try {
      const opened = await client.call('projects.open', { path })
      queries.setQueryData(['projects.summary', { project: opened.path }], opened)
      openProject(opened.path)
      void queries.invalidateQueries({ queryKey: ['projects.recent'] })
      return true
    } catch (error) {
      toast.failure(error)
      return false
    }
  }
}
