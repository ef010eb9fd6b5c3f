import { resolve } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { projectGone } from '../../store/project-gone.ts'
import { openProject, type Project } from '../../store/project.ts'
import type { EventBus } from './event-bus.ts'

/** Projects that the window works with, each opened once and kept open. */
export type OpenProjects = {
  /** The project in that folder; throws `invalid-project` where it holds none, or none any more. */
  use(folder: string): Promise<Project>
  /** Closes all. */
  close(): void
}

/** How often another process's changes are looked for; the look costs microseconds. */
const watchMilliseconds = 1000

/** Opens projects at their first use; says so when another process, e.g. the command line, wrote to one, moved it or deleted it. */
export function createOpenProjects(events: EventBus): OpenProjects {
  const open = new Map<string, Promise<Project>>()
  const watches = new Map<Project, NodeJS.Timeout>()
  /** Folders whose project went away under the window. */
  const lost = new Set<string>()
  /** Their projects: work that began with one may go on with it, and ends by itself. */
  const retired: Project[] = []
  let closed = false

  const tell = ({ path }: Project, more: readonly 'pipelines'[] = []): void => {
    events.emit({ topic: 'project', project: path, changed: ['runs', 'datasets', 'models', 'deployments', ...more] })
  }
  const retire = (project: Project): void => {
    clearInterval(watches.get(project))
    watches.delete(project)
    open.delete(project.path)
    lost.add(project.path)
    retired.push(project)
    tell(project, ['pipelines'])
  }
  const watch = (project: Project): void => {
    let seen = project.changesByOthers()
    const look = (): void => {
      if (!project.isInPlace()) return retire(project)
      const now = project.changesByOthers()
      if (now === seen) return
      seen = now
      tell(project)
    }
    const timer = setInterval(() => {
      try {
        look()
      } catch {
        // Its disk went away: whoever uses it next opens it anew and hears why not.
        retire(project)
      }
    }, watchMilliseconds)
    timer.unref()
    watches.set(project, timer)
  }
  const openWatched = async (path: string): Promise<Project> => {
    try {
      const project = await openProject(path)
      lost.delete(path)
      if (!closed) watch(project)
      return project
    } catch (error) {
      open.delete(path)
      throw error
    }
  }
  const start = (path: string): Promise<Project> => {
    const opening = openWatched(path)
    open.set(path, opening)
    return opening
  }
  return {
    async use(folder) {
      const path = resolve(folder)
      try {
        const known = await open.get(path)
        if (known?.isInPlace() === true) return known
        if (known !== undefined && watches.has(known)) retire(known)
        return await (open.get(path) ?? start(path))
      } catch (error) {
        throw lost.has(path) && error instanceof MillraceError && error.data.code === 'invalid-project' ? projectGone(path, error) : error
      }
    },
    close() {
      closed = true
      for (const timer of watches.values()) clearInterval(timer)
      watches.clear()
      for (const opening of open.values()) void opening.then((project) => project.close(), () => undefined)
      open.clear()
      for (const project of retired.splice(0)) project.close()
    },
  }
}
