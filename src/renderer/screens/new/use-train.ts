import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReadingOptions } from '#shared/domain/reading-options.ts'
import type { Task } from '#shared/domain/task.ts'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { openProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import type { Made } from './new.tsx'

/** What to learn from which file. */
export type TrainRequest = { readonly path: string; readonly reading: ReadingOptions; readonly name: string; readonly task: Task; readonly target: string; readonly positive?: string; readonly drop: readonly string[] }

/** Makes a project for the file, writes its pipeline and runs it. */
export function useTrain(onMade: (made: Made) => void): { train(request: TrainRequest): Promise<void>; readonly starting: boolean; readonly error: ErrorData | undefined } {
  const client = useClient()
  const queries = useQueryClient()
  const [starting, setStarting] = useState(false)
  const [error, setError] = useState<ErrorData>()
  return {
    starting,
    error,
    async train({ path, reading, name, drop, ...goal }) {
      setStarting(true)
      setError(undefined)
      try {
        const { projectsFolder } = await client.call('app.info', {})
        const { path: project } = await client.call('projects.create', { path: `${projectsFolder}${projectsFolder.includes('\\') ? '\\' : '/'}${name}` })
        const { file } = await client.call('pipelines.create', { project, name, source: { path, reading }, drop: [...drop], ...goal })
        const { job } = await client.call('pipelines.run', { project, file })
        openProject(project)
        await queries.invalidateQueries({ queryKey: ['projects.recent'] })
        onMade({ project, file, job })
      } catch (thrown) {
        setError(toErrorData(thrown))
      } finally {
        setStarting(false)
      }
    },
  }
}
