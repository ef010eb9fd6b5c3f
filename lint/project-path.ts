import { isAbsolute, join, relative, sep } from 'node:path'

const OWN_ROOT = join(import.meta.dirname, '..')

/** A linted file's path relative to the project's root with forward slashes; the working directory stands in for other trees. */
export function projectPath(filename: string, workingDirectory: string): string {
  const paths = [relative(OWN_ROOT, filename), relative(workingDirectory, filename)]
  const inside = paths.find((path) => !path.startsWith('..') && !isAbsolute(path))
  return (inside ?? filename).split(sep).join('/')
}
