import type { DeploymentChange, DeploymentEntry, ServedModelEntry } from '#shared/contract/deployments.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import { MillraceError } from '#shared/errors.ts'
import { primaryMetric } from '../learn/metrics/index.ts'
import { deploymentNameSchema } from '../stages/deploy/local.ts'
import type { Deployment } from '../store/deployment-repository.ts'
import type { Project } from '../store/project.ts'
import { findDeployment, findModel } from './models.ts'
import { originOf } from './model-origin.ts'

/** A model that is still there, with the score of the newest run that evaluated it. */
function servedEntry(project: Project, hash: string, called?: string): ServedModelEntry | undefined {
  const artifact = project.artifacts.get('model', hash) as Artifact<'model'> | undefined
  const [registered] = project.models.ofHash(hash)
  if (artifact === undefined || registered === undefined) return undefined
  const { estimator, summary, task, target } = artifact.meta
  const { run } = originOf(project, hash)
  return { model: called ?? `${registered.name}@${String(registered.version)}`, hash, estimator, summary, task, target, run: run ?? null, score: scoreOf(project, artifact) }
}

function scoreOf(project: Project, model: Artifact<'model'>): ServedModelEntry['score'] {
  const { id, label } = primaryMetric(model.meta.task)
  for (const { run } of project.stepRuns.producersOf('model', model.hash)) {
    const outputs = project.stepRuns.ofRun(run).flatMap(({ step }) => project.stepRuns.outputs(run, step))
    const report = outputs.findLast(({ kind }) => kind === 'report')
    const meta = report === undefined ? undefined : (project.artifacts.get('report', report.hash) as Artifact<'report'> | undefined)?.meta
    const value = meta?.metrics[id]
    if (value === undefined) continue
    return { metric: id, label, value, interval: meta?.interval === undefined ? null : { low: meta.interval.low, high: meta.interval.high } }
  }
  return null
}

/** The model that the slot served before the present one, where it is still there. */
function previousModel(project: Project, slot: Deployment): string | undefined {
  return project.deployments.history(slot.name).find(({ hash }) => hash !== undefined && hash !== slot.model && project.models.ofHash(hash).length > 0)?.hash
}

function entryOf(project: Project, slot: Deployment): DeploymentEntry {
  const serves = servedEntry(project, slot.model)
  if (serves === undefined) throw new Error(`Deployment ${slot.name} serves a model that has no version`)
  const previous = previousModel(project, slot)
  const [change] = project.deployments.history(slot.name)
  return {
    name: slot.name,
    createdAt: slot.createdAt,
    since: slot.updatedAt,
    how: change === undefined || change.how === 'removed' ? 'run' : change.how,
    serves,
    previous: previous === undefined ? null : (servedEntry(project, previous)?.model ?? null),
  }
}

/** Every deployment with the model that it serves, by name. */
export function listDeployments(project: Project): DeploymentEntry[] {
  return project.deployments.list().map((slot) => entryOf(project, slot))
}

/** A deployment with all that it served, the latest first. */
export function showDeployment(project: Project, name: string): DeploymentEntry & { history: DeploymentChange[] } {
  const slot = findDeployment(project, name)
  const changes = project.deployments.history(slot.name)
  const history = changes.map(({ at, how, hash, model, run }, index): DeploymentChange => ({
    at,
    until: changes[index - 1]?.at ?? null,
    how,
    model: model ?? null,
    run: run ?? null,
    served: hash === undefined ? null : (servedEntry(project, hash, model) ?? null),
  }))
  return { ...entryOf(project, slot), history }
}

/** Points a deployment at a model version; one of that name gets the new model. Throws `invalid-parameter` for a name that cannot be one. */
export function deployModel(project: Project, name: string, wanted: string, at: number): DeploymentEntry {
  const checked = deploymentNameSchema.safeParse(name)
  if (!checked.success) {
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: `"${name}" cannot be the name of a deployment`,
      message: checked.error.issues[0]?.message ?? '',
      nextStep: 'Choose another name.',
      details: { value: name },
    })
  }
  const { hash } = findModel(project, wanted)
  project.durably(() => {
    project.deployments.set({ name, model: hash, run: undefined, at, how: 'deployed' })
  })
  return entryOf(project, findDeployment(project, name))
}

/** Serves again what the deployment served before; throws `not-found` where there is nothing to go back to. */
export function rollBack(project: Project, name: string, at: number): DeploymentEntry {
  const slot = findDeployment(project, name)
  const previous = previousModel(project, slot)
  if (previous === undefined) {
    throw new MillraceError({
      code: 'not-found',
      headline: `Deployment "${slot.name}" has nothing to go back to`,
      message: 'It has served no other model that is still there.',
      nextStep: 'Deploy the model that it shall serve.',
      details: { value: slot.name },
    })
  }
  project.durably(() => {
    project.deployments.set({ name: slot.name, model: previous, run: undefined, at, how: 'rolled back' })
  })
  return entryOf(project, findDeployment(project, slot.name))
}

/** Takes a deployment away; its model and its history stay. */
export function removeDeployment(project: Project, name: string, at: number): void {
  const slot = findDeployment(project, name)
  project.durably(() => {
    project.deployments.remove(slot.name, at)
  })
}
