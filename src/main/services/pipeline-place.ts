import { readdir } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { artifactsFolder } from '../store/project-layout.ts'

/** Folders below the project's that are looked at for pipelines. */
const depth = 2
/** Pipeline files that are listed at most. */
const maximalFiles = 500

const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name)

/**
 * Absolute path of a pipeline file that is named from the project's folder. Throws `refused` for names that lead out of the folder
 * or to no YAML file.
 */
export function pipelinePlace(projectFolder: string, file: string): string {
  const parts = file.split(/[\\/]/)
  const isInside = !isAbsolute(file) && !/^[A-Za-z]:/.test(file) && parts.every((part) => part !== '' && part !== '..' && part !== '.') && parts[0] !== artifactsFolder && !file.includes('\0')
  if (!isInside || !isYaml(file)) {
    throw new MillraceError({
      code: 'refused',
      headline: 'This is no place for a pipeline',
      message: `"${file}" is not the name of a YAML file in the project's folder.`,
      nextStep: 'Name a file that ends in .yaml, in the folder of the project.',
      details: { value: file },
    })
  }
  return join(projectFolder, ...parts)
}

/** YAML files in the project's folder and two folders deep, by path, with forward slashes; hidden folders and the artifacts are passed over. */
export async function findYamlFiles(projectFolder: string): Promise<readonly string[]> {
  const found: string[] = []
  const look = async (folder: string, prefix: string, left: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const isPassedOver = entry.name.startsWith('.') || entry.name === 'node_modules' || (prefix === '' && entry.name === artifactsFolder)
      if (isPassedOver || found.length >= maximalFiles) continue
      if (entry.isDirectory()) {
        if (left > 0) await look(join(folder, entry.name), `${prefix}${entry.name}/`, left - 1)
      } else if (isYaml(entry.name)) found.push(prefix + entry.name)
    }
  }
  await look(projectFolder, '', depth)
  return found
}

/** A path inside the project with forward slashes. */
export function slashed(path: string): string {
  return path.split(sep).join('/')
}
