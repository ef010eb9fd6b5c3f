import type { StepArtifact } from '#shared/contract/pipelines.ts'
import type { ArtifactKind, ArtifactMeta } from '#shared/domain/artifact.ts'
import { z } from 'zod'
import type { Project } from '../store/project.ts'
import { parseRunId, runNotFound } from '../store/run-id.ts'
import { runId } from './runs.ts'

const inputsSchema = z.object({ inputs: z.record(z.string(), z.string()).default({}) })

/** What a step of a recorded run took and made, each with where it is shown. */
export function stepArtifacts(project: Project, wanted: string, step: string): { readonly inputs: StepArtifact[]; readonly outputs: StepArtifact[] } {
  const run = parseRunId(runId(project, wanted))
  if (project.runs.get(run) === undefined) throw runNotFound(wanted)
  const taken = inputsSchema.parse(project.stepRuns.get(run, step)?.keyParts ?? {}).inputs
  const inputs = Object.entries(taken).flatMap(([name, hash]) => {
    const giver = project.stepRuns.makersOf(run, hash).find((maker) => maker.step !== step)
    return giver === undefined ? [] : [describe(project, { name, kind: giver.kind, hash, from: giver.step })]
  })
  const outputs = project.stepRuns.outputs(run, step)
  return { inputs, outputs: outputs.map(({ name, kind, hash }) => describe(project, { name, kind, hash, from: null })) }
}

/** Columns whose names are told at most. */
const namedColumns = 2000

type Reference = { readonly name: string; readonly kind: ArtifactKind; readonly hash: string; readonly from: string | null }

function describe(project: Project, { name, kind, hash, from }: Reference): StepArtifact {
  const { bytes, meta } = project.artifacts.require(kind, hash)
  const dataset = kind === 'dataset' ? project.datasets.ofHash(hash).at(-1) : undefined
  const model = kind === 'model' ? project.models.ofHash(hash).at(-1) : undefined
  return {
    name,
    kind,
    hash,
    bytes,
    about: inWords(kind, meta),
    columns: kind === 'dataset' ? (meta as ArtifactMeta<'dataset'>).schema.columns.slice(0, namedColumns).map((column) => column.name) : [],
    from,
    dataset: dataset === undefined ? null : { name: dataset.name, version: dataset.version },
    model: model === undefined ? null : { name: model.name, version: model.version, run: model.run ?? null },
  }
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}

function inWords(kind: ArtifactKind, meta: ArtifactMeta): string {
  if (kind === 'dataset') {
    const { rows, schema } = meta as ArtifactMeta<'dataset'>
    return `${counted(rows, 'row')}, ${counted(schema.columns.length, 'column')}`
  }
  if (kind === 'profile') return counted((meta as ArtifactMeta<'profile'>).findings, 'finding')
  if (kind === 'recipe') return counted((meta as ArtifactMeta<'recipe'>).columns, 'column')
  if (kind === 'model') return (meta as ArtifactMeta<'model'>).summary
  if (kind === 'report') return `on ${counted((meta as ArtifactMeta<'report'>).rows, 'test row')}`
  return (meta as ArtifactMeta<'deployment'>).name
}
