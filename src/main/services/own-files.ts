import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { artifactsFolder, databaseFile } from '../store/project-layout.ts'

/** Refuses to write over what a project is made of, this one or another: its database with SQLite's files beside it, and its artifacts. */
export function refuseProjectFile(projectFolder: string, output: string): void {
  const folder = dirname(output)
  // A folder that is not there is reported where the output is opened.
  if (!existsSync(folder)) return
  const file = join(realpathSync(folder), basename(output))
  const owner = [realpathSync(projectFolder), ...foldersAbove(file)].find((project) => isOwn(project, file))
  if (owner === undefined) return
  throw new MillraceError({
    code: 'io',
    headline: 'The output would replace a part of the project',
    message: `${output} belongs to the project in ${owner}. Nothing was written.`,
    nextStep: 'Choose another name for the output.',
    details: { file: output },
  })
}

/** True for what a project keeps in its folder; a folder without a database is no project. */
function isOwn(project: string, file: string): boolean {
  const way = relative(project, file)
  const first = way.split(/[\\/]/)[0] ?? ''
  if (isAbsolute(way) || !(first === artifactsFolder || ['', '-wal', '-shm', '-journal'].some((end) => way === databaseFile + end))) return false
  return existsSync(join(project, databaseFile))
}

function foldersAbove(file: string): readonly string[] {
  const folder = dirname(file)
  return folder === file ? [] : [folder, ...foldersAbove(folder)]
}
