import { checkOutputPlace, createOutputFile } from '../serving/output-file.ts'
import type { Project } from '../store/project.ts'
import { refuseProjectFile } from './own-files.ts'

/** Writes a page where the user wants it: whole or not at all, and never over a part of the project. `path` is absolute. */
export async function savePage(project: Project, path: string, page: string): Promise<void> {
  refuseProjectFile(project.path, path)
  await checkOutputPlace(path, [])
  const file = await createOutputFile(path)
  try {
    await file.write(page)
    await file.publish()
  } finally {
    await file.discard()
  }
}
