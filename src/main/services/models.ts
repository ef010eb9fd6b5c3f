import { setImmediate } from 'node:timers/promises'
import { MillraceError } from '#shared/errors.ts'
import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import type { ModelAbout } from '#shared/domain/model.ts'
import type { ModelRef } from '#shared/domain/run.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import type { Deployment } from '../store/deployment-repository.ts'
import type { ModelVersion } from '../store/model-repository.ts'
import type { Project } from '../store/project.ts'
import { createModelDesk } from './model-desk.ts'

/** A model version as lists show it. */
export type ModelListEntry = ModelVersion & ArtifactMeta<'model'> & {
  readonly bytes: number
  /** Deployments that serve it. */
  readonly deployments: readonly string[]
}

/** A model version with what its bundle says. */
export type ModelDetail = ModelListEntry & Omit<ModelAbout, 'goal' | 'members' | 'recipe' | 'baseline'> & {
  readonly positive: string | undefined
  readonly parameters: unknown
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

/** The same, read a hundred at a time, so that the host's thread answers others in between. */
export async function listModelsInBlocks(project: Project): Promise<readonly ModelListEntry[]> {
  const versions = project.models.list()
  const entries: ModelListEntry[] = []
  for (let from = 0; from < versions.length; from += 100) {
    entries.push(...versions.slice(from, from + 100).map((version) => entryOf(project, version)))
    await setImmediate()
  }
  return entries
}

function notFound(what: 'model' | 'deployment', wanted: string, names: readonly string[]): MillraceError {
  const near = nearestWord(wanted, names)
  return new MillraceError({
    code: 'not-found',
    headline: `There is no ${what} "${wanted}" in this project${near === undefined ? '' : `, did you mean "${near}"?`}`,
    message: names.length === 0 ? `The project has no ${what}s yet.` : `It has: ${[...new Set(names)].join(', ')}.`,
    nextStep: names.length === 0 ? 'Run a pipeline that trains and deploys a model, under Pipeline or with: millrace run PIPELINE.yaml' : 'See what there is under Model, or with: millrace models',
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

/** The deployment of that name; throws `not-found` with the nearest name. */
export function findDeployment(project: Project, name: string): Deployment {
  const slot = project.deployments.get(name)
  if (slot === undefined) throw notFound('deployment', name, project.deployments.list().map((candidate) => candidate.name))
  return slot
}

/** The model to predict with: a model version by name, or what a deployment serves. */
export function servedModel(project: Project, wanted: { readonly model: string } | { readonly deployment: string }): ServedModel {
  if ('model' in wanted) {
    const { name, version, hash } = findModel(project, wanted.model)
    return { ref: { name, version, hash }, artifact: modelArtifact(project, hash) }
  }
  const slot = findDeployment(project, wanted.deployment)
  const [registered] = project.models.ofHash(slot.model)
  if (registered === undefined) throw new Error(`Deployment ${slot.name} serves a model that has no version`)
  return { ref: { name: registered.name, version: registered.version, hash: slot.model }, artifact: modelArtifact(project, slot.model) }
}

/** The model version as lists show it. */
export function modelEntry(project: Project, wanted: string): ModelListEntry {
  return entryOf(project, findModel(project, wanted))
}

/** A model version with what its bundle says; the bundle is read in a worker. */
export async function showModel(project: Project, wanted: string): Promise<ModelDetail> {
  const desk = createModelDesk()
  try {
    const about = await desk.ask(project, servedModel(project, { model: wanted }), { kind: 'about' })
    const { goal, members, recipe: _recipe, baseline: _baseline, ...told } = about
    const [only] = members
    return {
      ...modelEntry(project, wanted),
      ...told,
      positive: goal.task === 'binary-classification' ? about.classes[1] : undefined,
      parameters: members.length === 1 ? only?.params : members.map(({ estimator, weight, params }) => ({ id: estimator, weight, params })),
    }
  } finally {
    await desk.close()
  }
}
