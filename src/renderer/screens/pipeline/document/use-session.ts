import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { useClient } from '../../../client/client-context.tsx'
import { useMethod } from '../../../client/use-method.ts'
import { isUnsaved } from './document.ts'
import { createSession, type PipelineSession, type SessionState } from './session.ts'

/** How often the file is looked at for what other programs write. */
const lookMilliseconds = 2000

const sessions = new Map<string, PipelineSession>()

/** Forgets a file that is being edited, e.g. because its project was closed. */
export function forgetSessions(): void {
  sessions.clear()
}

/** Whether any pipeline of this window holds text that is not saved. */
export function anyUnsaved(): boolean {
  return [...sessions.values()].some(({ store }) => {
    const { document } = store.getState()
    return document !== undefined && isUnsaved(document)
  })
}

/** The session of a pipeline file and its state; the file is looked at again and again while it is shown. */
export function useSession(project: string, file: string): { readonly session: PipelineSession; readonly state: SessionState; readonly unreadable: ErrorData | undefined } {
  const client = useClient()
  const queries = useQueryClient()
  const key = `${project}\n${file}`
  const session = sessions.get(key) ?? openSession()
  const state = useStore(session.store)
  const disk = useMethod('pipelines.read', { project, file }, { refetchInterval: lookMilliseconds })
  const { data, error } = disk
  useEffect(() => {
    if (data !== undefined && error === null) session.read(data)
    else if (error !== null && toErrorData(error).code === 'not-found') session.read('gone')
  }, [session, data, error])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (anyUnsaved()) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])
  return { session, state, unreadable: error === null || state.document !== undefined ? undefined : toErrorData(error) }

  function openSession(): PipelineSession {
    const made = createSession(client, { project, file }, (written) => {
      const readKey = ['pipelines.read', { project, file }]
      // An answer that is on its way tells of the file as it was before.
      void queries.cancelQueries({ queryKey: readKey })
      queries.setQueryData(readKey, written)
    })
    sessions.set(key, made)
    return made
  }
}
