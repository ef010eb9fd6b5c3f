import { create } from 'zustand'
import { projectInSearch } from '#shared/window-address.ts'
import type { Client } from '../client/client.ts'
import { toast } from '../components/toast.tsx'

/** Folder of the project that this window shows, absolute; null where none is open, `looking` until that is known. */
type OpenProject = { readonly path: string | null; readonly looking: boolean }

const STORED = 'millrace-project'

/** The open project of this window. */
export const useProjectStore = create<OpenProject>(() => ({ path: null, looking: true }))

/** Folder of the open project; only for screens that are shown when one is open. */
export function useProject(): string {
  const path = useProjectStore((state) => state.path)
  if (path === null) throw new Error('No project is open: show this below a ProjectGate')
  return path
}

/** Shows the project in that folder in this window; the engine must have opened it before. */
export function openProject(path: string): void {
  // Kept for this window alone: two windows may show two projects.
  sessionStorage.setItem(STORED, path)
  useProjectStore.setState({ path, looking: false })
}

/** Shows no project. */
export function closeProject(): void {
  sessionStorage.removeItem(STORED)
  useProjectStore.setState({ path: null, looking: false })
}

/** Opens the project that the window's address names, else what this window showed before it was loaded anew, else what was opened last on this machine. */
export async function openLastProject(client: Client): Promise<void> {
  const named = takeNamedProject()
  const remembered = sessionStorage.getItem(STORED)
  for (const path of [...(named === undefined ? [] : [named]), ...(remembered === null ? [] : [remembered]), ...(await recentPaths(client))]) {
    if (useProjectStore.getState().path !== null) return
    try {
      openProject((await client.call('projects.open', { path })).path)
      return
    } catch (error) {
      // Of those that were remembered Home says so in its list; the next one may be there.
      if (path === named) toast.failure(error)
    }
  }
  if (useProjectStore.getState().path === null) closeProject()
}

/** The project in the address, which is taken out of it: a window that is loaded anew shows what it showed. */
function takeNamedProject(): string | undefined {
  const { pathname, search, hash } = window.location
  const named = projectInSearch(search)
  if (named !== undefined) window.history.replaceState(window.history.state, '', `${pathname}${hash}`)
  return named
}

async function recentPaths(client: Client): Promise<readonly string[]> {
  try {
    const { projects } = await client.call('projects.recent', {})
    return projects.flatMap(({ path, problem }) => (problem === null ? [path] : []))
  } catch {
    return []
  }
}
