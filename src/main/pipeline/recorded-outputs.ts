import type { Artifact } from '#shared/domain/artifact.ts'
import type { Project } from '../store/project.ts'
import { whatIsMissing } from '../store/publish-artifact.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'

/** What a step of an earlier run made, by output name, and what of it is not whole on disk, in words. */
export function recordedOutputs(project: Project, record: StepRunRecord): { readonly artifacts: Readonly<Record<string, Artifact>>; readonly damage: string | undefined } {
  const artifacts: Record<string, Artifact> = {}
  for (const ref of project.stepRuns.outputs(record.run, record.step)) {
    const { files, ...artifact } = project.artifacts.require(ref.kind, ref.hash)
    const damage = whatIsMissing({ ...artifact, files })
    if (damage !== undefined) return { artifacts, damage }
    artifacts[ref.name] = artifact
  }
  return { artifacts, damage: undefined }
}
