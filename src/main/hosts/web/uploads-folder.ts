import { homedir } from 'node:os'
import { join } from 'node:path'
import { settingsFolder } from '../../base/settings-folder.ts'
import { createSettingsFile } from '../../services/engine/settings-file.ts'

/** Where files go that a browser hands over: beside the projects, so that pipelines can go on reading them. */
export async function uploadsFolder(warn: (message: string) => void): Promise<string> {
  const { projectsFolder } = await createSettingsFile(settingsFolder(), warn).read()
  return join(projectsFolder ?? join(homedir(), 'Millrace'), 'uploads')
}
