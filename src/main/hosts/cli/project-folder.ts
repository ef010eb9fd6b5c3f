import { MillraceError } from '#shared/errors.ts'
import { locateProject } from '../../services/projects.ts'
import type { CliContext } from './context.ts'

/** The project that a command works in: `--project`, else the nearest upward from here, else from `alsoFrom`. */
export function projectFolder(context: CliContext, alsoFrom: readonly string[] = []): string {
  return locateProject(context.project, [context.terminal.cwd, ...alsoFrom])
}

/** The same; undefined where none is named and none is near. */
export function projectInReach(context: CliContext): string | undefined {
  if (context.project !== undefined) return projectFolder(context)
  try {
    return projectFolder(context)
  } catch (error) {
    if (error instanceof MillraceError && error.data.code === 'not-found') return undefined
    throw error
  }
}
