import { resolve } from 'node:path'
import { openProject, type Project } from '../../store/project.ts'
import type { EventBus } from './event-bus.ts'

/** Projects that the window works with, each opened once and kept open. */
export type OpenProjects = {
  /** The project in that folder; throws `invalid-project` where it holds none. */
  use(folder: string): Promise<Project>
  /** Closes all. */
  close(): void
}

/** How often another process's changes are looked for; the look costs microseconds. */
const watchMilliseconds = 1000

/** Opens projects at their first use; says so when another process, e.g. the command line, wrote to one. */
export function createOpenProjects(events: EventBus): OpenProjects {
  const open = new Map<string, Promise<Project>>()
  const watches: NodeJS.Timeout[] = []
  const watch = (project: Project): void => {
    let seen = project.changesByOthers()
    const timer = setInterval(() => {
      const now = project.changesByOthers()
      if (now === seen) return
      seen = now
      events.emit({ topic: 'project', project: project.path, changed: ['runs', 'datasets', 'models', 'deployments'] })
    }, watchMilliseconds)
    timer.unref()
    watches.push(timer)
  }
  return {
    async use(folder) {
      const path = resolve(folder)
      const known = open.get(path)
      if (known !== undefined) return known
      const opening = openProject(path)
      open.set(path, opening)
      try {
        const project = await opening
        watch(project)
        return project
      } catch (error) {
        open.delete(path)
        throw error
      }
    },
    close() {
      for (const timer of watches.splice(0)) clearInterval(timer)
      for (const opening of open.values()) void opening.then((project) => project.close(), () => undefined)
      open.clear()
    },
  }
}
