import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { artifactsFolder, databaseFile } from '../store/project-layout.ts'

/** Refuses to write over what a project is made of: its database with SQLite's files beside it, and its artifacts. */
export function refuseProjectFile(projectFolder: string, output: string): void {
  const folder = dirname(output)
  // A folder that is not there is reported where the output is opened.
  if (!existsSync(folder)) return
  const way = relative(realpathSync(projectFolder), join(realpathSync(folder), basename(output)))
  const first = way.split(/[\\/]/)[0] ?? ''
  const isOwn = !isAbsolute(way) && (first === artifactsFolder || ['', '-wal', '-shm', '-journal'].some((end) => way === databaseFile + end))
  if (!isOwn) return
  throw new MillraceError({
    code: 'io',
    headline: 'The output would replace a part of the project',
    message: `${output} belongs to the project in ${projectFolder}. Nothing was written.`,
    nextStep: 'Choose another name for the output.',
    details: { file: output },
  })
}
