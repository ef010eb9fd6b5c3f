import { MillraceError } from '#shared/errors.ts'
import type { Project } from '../store/project.ts'
import { importFile, type ImportedDataset } from './datasets.ts'
import { knownDataset } from './grid/known-datasets.ts'
import { ingestRecord } from './ingest-record.ts'

/** Types and roles to set by column; the type `auto` is the one that is guessed. */
export type Retyping = { readonly dataset: string; readonly version?: number | undefined; readonly types: Readonly<Record<string, string>>; readonly roles: Readonly<Record<string, string>> }

type Effects = Parameters<typeof importFile>[3]

/** Reads the dataset's file again, as it was read, but for the types and roles given; the outcome is a version of the same name. */
export async function retypeDataset(project: Project, { dataset, version, types, roles }: Retyping, effects: Effects): Promise<ImportedDataset> {
  const known = knownDataset(project, dataset, version)
  const record = ingestRecord(project, project.datasets.get(known.name, known.version)?.run, known.hash)
  if (record === undefined) {
    throw new MillraceError({
      code: 'unsupported',
      headline: 'It is not known how this dataset was read',
      message: `The run that read ${known.name} version ${String(known.version)} was deleted, or made it from other datasets.`,
      nextStep: 'Import its file again, and set the types there.',
      details: { value: `${known.name}@${String(known.version)}` },
    })
  }
  const { paths, reading, missing, sample, sampleSeed } = record
  const merged = Object.fromEntries(Object.entries({ ...record.types, ...types }).filter(([, type]) => type !== 'auto'))
  const place = paths.length === 1 ? (paths[0] as string) : paths
  return importFile(project, place, { name: known.name, reading, types: merged, roles: { ...record.roles, ...roles }, missing, sample, sampleSeed }, effects)
}
