import { locateProject } from '../../services/projects.ts'
import type { CliContext } from './context.ts'

/** The project that a command works in: `--project`, else the nearest upward from here, else from `alsoFrom`. */
export function projectFolder(context: CliContext, alsoFrom: readonly string[] = []): string {
  return locateProject(context.project, [context.terminal.cwd, ...alsoFrom])
}
