import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { createFolderDesk } from '../../files/list-folder.ts'
import type { Handlers } from '../context.ts'

const desk = createFolderDesk()

/** Files of this machine: lists of folders, and the system's own dialogs where the host has them. */
export const filesHandlers: Handlers<'files'> = {
  async list(request, { settings, host }) {
    const { projectsFolder } = await settings.read()
    return desk.list(request, [projectsFolder ?? join(homedir(), 'Millrace'), ...(host.uploads === undefined ? [] : [host.uploads])])
  },
  async choose(request, { host }) {
    if (host.choose === undefined) {
      throw new MillraceError({ code: 'unsupported', headline: 'The system has no dialog for files here', nextStep: 'Choose the file in the list of the window, or write its path.' })
    }
    const paths = await host.choose(request)
    return { paths: paths === null ? null : [...paths] }
  },
  async reveal({ path }, { host }) {
    if (host.reveal === undefined) throw new MillraceError({ code: 'unsupported', headline: 'There is no file manager here', nextStep: 'Copy the path instead.' })
    const there = isAbsolute(path) && (await stat(path).catch(() => undefined)) !== undefined
    if (!there) throw new MillraceError({ code: 'not-found', headline: 'The file is gone', message: `${path} does not exist.`, nextStep: 'It was moved or deleted; look for it by hand.', details: { file: path } })
    await host.reveal(path)
    return {}
  },
}

/** Ends the thread that lists folders. */
export const closeFiles = (): Promise<void> => desk.close()
