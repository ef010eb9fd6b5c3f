import { basename } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { projectDisk } from '../../project-disk.ts'
import { summariseProject } from '../../project-summary.ts'
import { initProject, isProject } from '../../projects.ts'
import { templates } from '../../templates/index.ts'
import type { EngineContext, Handlers } from '../context.ts'

async function openAndRemember(path: string, { projects, settings, events, clock }: EngineContext): ReturnType<typeof summariseProject> {
  const project = await projects.use(path)
  await settings.remember(project.path, clock.now())
  events.emit({ topic: 'settings' })
  return summariseProject(project)
}

/** Why a remembered folder cannot be opened, in one sentence; null where it can. */
async function problemOf(path: string, { projects }: EngineContext): Promise<string | null> {
  if (!isProject(path)) return 'The folder is gone, or holds no project any more'
  try {
    await projects.use(path)
    return null
  } catch (error) {
    return error instanceof MillraceError ? error.data.headline : String(error)
  }
}

/** Projects whose state is read for the list; older ones open when they are chosen. */
const SUMMARISED = 12

/** The user's projects: the ones of this machine, and how far each is. */
export const projectsHandlers: Handlers<'projects'> = {
  async recent(_, context) {
    const remembered = await context.settings.recent()
    return {
      projects: await Promise.all(
        remembered.map(async ({ path, openedAt }, position) => {
          const shown = position < SUMMARISED
          const problem = shown ? await problemOf(path, context) : null
          const project = shown && problem === null ? await context.projects.use(path) : undefined
          return {
            path,
            name: basename(path),
            openedAt,
            problem,
            bytes: project === undefined ? null : (await projectDisk(project)).bytes,
            summary: project === undefined ? null : await summariseProject(project),
          }
        }),
      ),
    }
  },
  templates: () => ({ templates: templates.map(({ id, title, help, sample }) => ({ id, title, help, rows: sample })) }),
  open: ({ path }, context) => openAndRemember(path, context),
  async create({ path, template }, context) {
    const made = await initProject(path, template)
    return openAndRemember(made.path, context)
  },
  summary: async ({ project }, { projects }) => summariseProject(await projects.use(project)),
  async forget({ path }, { settings, events }) {
    await settings.forget(path)
    events.emit({ topic: 'settings' })
    return {}
  },
  disk: async ({ project }, { projects }) => projectDisk(await projects.use(project)),
}
