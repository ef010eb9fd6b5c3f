import { existsSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { appRoot } from '../../base/app-root.ts'
import { shellWord } from './format/shell-word.ts'

/** True where `path` is `folder` or lies below it. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

/** How to call this command line from `cwd`, to be copied: by npx in the checkout, elsewhere with any Node that is there. */
export function invocation(cwd: string): string {
  if (isInside(cwd, appRoot) && existsSync(join(appRoot, 'node_modules', '.bin', 'millrace'))) return 'npx millrace'
  return `node ${shellWord(join(appRoot, 'bin', 'millrace.js'))}`
}

/** Commands that work in a project. */
const projectCommands = ['import', 'datasets', 'profile', 'show', 'runs', 'run', 'explain', 'models', 'predict', 'profile', 'report', 'show']
const named = new RegExp(`\\bmillrace (?=(?:(${projectCommands.join('|')})|init|start|ui|demo|devices|steps|help)\\b)`, 'g')

/** A text with its commands (`millrace runs`) as they are to be typed from `cwd`, about the project that was named. */
export function asTyped(text: string, cwd: string, project?: string): string {
  const about = project === undefined ? '' : `--project ${shellWord(project)} `
  return text.replaceAll(named, (_match, inProject: string | undefined) => `${invocation(cwd)} ${inProject === undefined ? '' : about}`)
}

/** A path as it reads best from `cwd`: relative where it lies inside, else as it is. */
export function shortPath(path: string, cwd: string): string {
  return isInside(path, cwd) ? relative(cwd, path) || '.' : path
}
