import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import type { RunOutcome } from '../store/run-repository.ts'
import type { Project } from '../store/project.ts'
import type { PlannedStep } from './plan.ts'

/** Where outputs come from. */
export type Origin = { readonly project: Project; readonly pipeline: string; readonly run: number; readonly step: PlannedStep; readonly at: number }

/**
 * Gives outputs their names in the project: an ingested dataset and a model become versions, a deployment sets its slot.
 * Doing it again changes nothing, so it is done on cache hits too. Returns what it adds to the run's outcome.
 * Call it inside a transaction.
 */
export function registerOutputs(origin: Origin, outputs: readonly Artifact[]): RunOutcome {
  return outputs.reduce<RunOutcome>((outcome, artifact) => ({ ...outcome, ...registerOne(origin, artifact) }), {})
}

function registerOne({ project, pipeline, run, step, at }: Origin, artifact: Artifact): RunOutcome {
  switch (artifact.kind) {
    case 'dataset': {
      if (!step.uses.startsWith('ingest/')) return {}
      const name = typeof step.settled['name'] === 'string' && step.settled['name'] !== '' ? step.settled['name'] : pipeline
      project.datasets.register({ name, hash: artifact.hash, source: step.externalFiles.join(', '), run, at })
      return {}
    }
    case 'model': {
      const { name, version, hash } = project.models.register({ name: pipeline, hash: artifact.hash, run, at })
      return { model: { name, version, hash } }
    }
    case 'report': {
      const { metrics, baseline } = artifact.meta as ArtifactMeta<'report'>
      return { metrics, baseline }
    }
    case 'deployment': {
      const { name, model } = artifact.meta as ArtifactMeta<'deployment'>
      project.deployments.set({ name, model, run, at })
      return { deployment: name }
    }
    default:
      return {}
  }
}
