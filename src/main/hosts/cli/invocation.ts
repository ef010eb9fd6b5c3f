import { join, relative } from 'node:path'
import { appRoot } from '../../base/app-root.ts'
import { shellWord } from './format/shell-word.ts'

/** How to call this command line from `cwd`, to be copied: with any Node that is there. */
export function invocation(cwd: string): string {
  return `node ${shellWord(shortPath(join(appRoot, 'bin', 'millrace.js'), cwd))}`
}

/** A path as it reads best from `cwd`: relative where it lies inside, else as it is. */
export function shortPath(path: string, cwd: string): string {
  const inside = relative(cwd, path)
  return inside === '' ? '.' : inside.startsWith('..') ? path : inside
}
