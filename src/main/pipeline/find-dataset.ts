import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import type { DatasetVersion } from '../store/dataset-repository.ts'
import type { Project } from '../store/project.ts'

/** A dataset version of the project, the newest if none is named; throws `not-found` with the nearest name. */
export function findDataset(project: Project, name: string, version?: number): DatasetVersion {
  const found = project.datasets.get(name, version)
  if (found !== undefined) return found
  const all = project.datasets.list()
  const versions = all.filter((candidate) => candidate.name === name)
  const names = [...new Set(all.map((candidate) => candidate.name))]
  const near = nearestWord(name, names)
  throw new MillraceError({
    code: 'not-found',
    headline: versions.length > 0 ? `The dataset "${name}" has no version ${String(version)}` : `There is no dataset "${name}" in this project${near === undefined ? '' : `, did you mean "${near}"?`}`,
    message: versions.length > 0 ? `Its versions are ${versions.map((one) => one.version).join(', ')}.` : names.length === 0 ? 'The project has no datasets yet.' : `It has: ${names.slice(0, 12).join(', ')}.`,
    nextStep: names.length === 0 ? 'Read one under Data, or with: millrace import FILE' : 'See what there is under Data, or with: millrace datasets',
    details: { value: version === undefined ? name : `${name}@${String(version)}` },
  })
}

/** The error for a dataset whose files are not whole. */
export function damagedDataset(name: string, version: number, damage: string): MillraceError {
  return new MillraceError({
    code: 'corrupt',
    headline: `The dataset ${name}@${String(version)} is damaged`,
    message: `${damage}.`,
    nextStep: 'Import its file again.',
    details: { value: `${name}@${String(version)}` },
  })
}
