import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/**
 * Makes a folder and those above it that are missing. Throws what the file system says. Node's own `recursive` never ends where the system says
 * that nothing can be made in a folder that is there, as in /proc.
 */
export async function makeFolders(path: string): Promise<void> {
  const missing: string[] = []
  for (let folder = path; !(await exists(folder)); folder = dirname(folder)) missing.push(folder)
  for (const folder of missing.toReversed()) {
    await mkdir(folder).catch((error: unknown) => {
      // Someone else made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    })
  }
}
