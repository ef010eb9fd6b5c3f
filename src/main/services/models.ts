import { MillraceError } from '#shared/errors.ts'
import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import type { ModelRef } from '#shared/domain/run.ts'
import type { ColumnType } from '#shared/domain/schema.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import type { ModelVersion } from '../store/model-repository.ts'
import type { Project } from '../store/project.ts'
import { openPredictor } from '../serving/predictor.ts'

/** A model version as lists show it. */
export type ModelListEntry = ModelVersion & ArtifactMeta<'model'> & {
  readonly bytes: number
  /** Deployments that serve it. */
  readonly deployments: readonly string[]
}

/** A model version with what its bundle says. */
export type ModelDetail = ModelListEntry & {
  readonly classes: readonly string[]
  readonly positive: string | undefined
  /** Columns that it reads. */
  readonly inputs: readonly { readonly name: string; readonly type: ColumnType }[]
  readonly trainingRows: number
  readonly parameters: unknown
  /** Share of each dataset column in what the model says, largest first; sums to 1, empty where the learner tells none. */
  readonly importance: readonly { readonly column: string; readonly value: number }[]
  readonly lineage: Readonly<Record<string, string | number | null>>
}

/** A model to predict with: its name and where its bundle lies. */
export type ServedModel = { readonly ref: ModelRef; readonly artifact: Artifact<'model'> }

function modelArtifact(project: Project, hash: string): Artifact<'model'> {
  return project.artifacts.require('model', hash) as Artifact<'model'>
}

function entryOf(project: Project, version: ModelVersion): ModelListEntry {
  const artifact = modelArtifact(project, version.hash)
  return { ...version, ...artifact.meta, bytes: artifact.bytes, deployments: project.deployments.ofModel(version.hash).map((slot) => slot.name) }
}

/** Every model version, by name, the newest first. */
export function listModels(project: Project): readonly ModelListEntry[] {
  return project.models.list().map((version) => entryOf(project, version))
}

function notFound(what: 'model' | 'deployment', wanted: string, names: readonly string[]): MillraceError {
  const near = nearestWord(wanted, names)
  return new MillraceError({
    code: 'not-found',
    headline: `There is no ${what} "${wanted}" in this project${near === undefined ? '' : `, did you mean "${near}"?`}`,
    message: names.length === 0 ? `The project has no ${what}s yet.` : `It has: ${[...new Set(names)].join(', ')}.`,
    nextStep: names.length === 0 ? 'Run a pipeline that trains and deploys a model: millrace run PIPELINE.yaml' : 'See what there is with: millrace models',
    details: { value: wanted },
  })
}

/** The version that `name` or `name@version` means; throws `not-found` with the nearest name. */
export function findModel(project: Project, wanted: string): ModelVersion {
  const match = /^(.*)@(\d+)$/.exec(wanted)
  const [name, number] = match === null ? [wanted, undefined] : [match[1] ?? '', Number(match[2])]
  const version = project.models.get(name, number) ?? project.models.get(wanted)
  if (version !== undefined) return version
  const all = project.models.list()
  const known = all.filter((candidate) => candidate.name === name)
  throw notFound('model', wanted, (known.length > 0 ? known : all).map((candidate) => (known.length > 0 ? `${candidate.name}@${String(candidate.version)}` : candidate.name)))
}

/** The model to predict with: a model version by name, or what a deployment serves. */
export function servedModel(project: Project, wanted: { readonly model: string } | { readonly deployment: string }): ServedModel {
  if ('model' in wanted) {
    const { name, version, hash } = findModel(project, wanted.model)
    return { ref: { name, version, hash }, artifact: modelArtifact(project, hash) }
  }
  const slot = project.deployments.get(wanted.deployment)
  if (slot === undefined) throw notFound('deployment', wanted.deployment, project.deployments.list().map((candidate) => candidate.name))
  const [registered] = project.models.ofHash(slot.model)
  if (registered === undefined) throw new Error(`Deployment ${slot.name} serves a model that has no version`)
  return { ref: { name: registered.name, version: registered.version, hash: slot.model }, artifact: modelArtifact(project, slot.model) }
}

/** A model version with what its bundle says. */
export async function showModel(project: Project, wanted: string): Promise<ModelDetail> {
  const version = findModel(project, wanted)
  const { model, inputs } = await openPredictor(modelArtifact(project, version.hash).path)
  const shares = new Map<string, number>()
  for (const { source, value } of model.importance) shares.set(source, (shares.get(source) ?? 0) + value)
  return {
    ...entryOf(project, version),
    classes: model.classes,
    positive: model.goal.task === 'binary-classification' ? model.classes[1] : undefined,
    inputs: inputs.map(({ schema }) => ({ name: schema.name, type: schema.type })),
    trainingRows: model.rows,
    parameters: model.estimator.params,
    importance: [...shares].map(([column, value]) => ({ column, value })).toSorted((a, b) => b.value - a.value),
    lineage: model.lineage,
  }
}
