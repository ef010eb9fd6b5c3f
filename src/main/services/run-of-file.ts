import { isAbsolute, relative } from 'node:path'
import { slashed } from './pipeline-place.ts'

/** True where a run whose file lay at `recorded` is one of `file`, named from the project's folder. Runs of a project that was moved or copied since keep the old place. */
export function isRunOfFile(projectFolder: string, recorded: string, file: string): boolean {
  const inside = relative(projectFolder, recorded)
  const isHere = !inside.startsWith('..') && !isAbsolute(inside)
  return isHere ? slashed(inside) === file : slashed(recorded).endsWith(`/${file}`)
}
