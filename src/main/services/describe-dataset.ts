import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetDescription, DatasetEntry } from '#shared/contract/datasets.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import { sourceReportSchema, type SourceReport } from '#shared/domain/source-report.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { trainingMemory } from '../stages/train/training-rows.ts'
import type { DatasetVersion } from '../store/dataset-repository.ts'
import type { Project } from '../store/project.ts'
import { knownDataset } from './grid/known-datasets.ts'
import { ingestRecord } from './ingest-record.ts'
import { versionChanges, type ComparedVersion } from './version-changes.ts'

/** Every dataset version, by name, the newest first. */
export function datasetEntries(project: Project): DatasetEntry[] {
  return project.datasets.list().map((version) => entryOf(version, knownDataset(project, version.name, version.version).artifact))
}

/** All that is recorded of a dataset version. */
export async function describeDataset(project: Project, dataset: string, version: number | undefined): Promise<DatasetDescription> {
  const { name, version: number, hash, artifact } = knownDataset(project, dataset, version)
  const versions = project.datasets.list().filter((candidate) => candidate.name === name)
  const own = versions.find((candidate) => candidate.version === number) as DatasetVersion
  const compared = versions.map((one): ComparedVersion & { readonly entry: DatasetEntry } => {
    const { artifact: other } = knownDataset(project, name, one.version)
    return { rows: other.meta.rows, columns: other.meta.schema.columns, source: one.source, entry: entryOf(one, other) }
  })
  const ingest = ingestRecord(project, own.run, hash)
  return {
    ...entryOf(own, artifact),
    columns: artifact.meta.schema.columns,
    report: await sourceReport(artifact),
    versions: compared.map((one, index) => ({ ...one.entry, changes: [...versionChanges(compared[index + 1], one)] })),
    memory: { bytes: trainingMemory('all', artifact.meta), budgetBytes: Math.floor(memoryBudget()) },
    goal: goalOf(project, artifact),
    ingest: ingest === undefined ? null : { pipeline: ingest.pipeline ?? null, types: { ...ingest.types }, roles: { ...ingest.roles } },
  }
}

function entryOf({ name, run, ...version }: DatasetVersion, artifact: Artifact<'dataset'>): DatasetEntry {
  return { dataset: name, ...version, run: run ?? null, rows: artifact.meta.rows, columns: artifact.meta.schema.columns.length, bytes: artifact.bytes }
}

/** What was found out when the file was read; null where the dataset came from no file. */
async function sourceReport({ path }: Artifact<'dataset'>): Promise<SourceReport | null> {
  const text = await readFile(join(path, 'source.json'), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? null : sourceReportSchema.parse(JSON.parse(text))
}

/** What the newest model of the project predicts, where this dataset has the column. */
function goalOf(project: Project, { meta }: Artifact<'dataset'>): DatasetDescription['goal'] {
  const names = new Set(meta.schema.columns.map(({ name }) => name))
  const newest = project.models.list().toSorted((a, b) => b.createdAt - a.createdAt)
  for (const { hash } of newest) {
    const { target, task } = (project.artifacts.require('model', hash) as Artifact<'model'>).meta
    if (names.has(target)) return { target, task }
  }
  return null
}
