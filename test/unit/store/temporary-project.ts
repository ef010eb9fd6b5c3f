import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactKind, ArtifactMeta, Draft } from '#shared/domain/artifact.ts'
import { createProject, type Project } from '../../../src/main/store/project.ts'
import { runTemporaryFolder } from '../../../src/main/store/project-layout.ts'
import { publishArtifact } from '../../../src/main/store/publish-artifact.ts'
import { formatRunId } from '../../../src/main/store/run-id.ts'
import { sealDraft, type SealedDraft } from '../../../src/main/store/seal-draft.ts'

/** A new project in a folder of its own. */
export async function temporaryProject(): Promise<{ folder: string; project: Project; dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace störe '))
  const project = await createProject(join(folder, 'project'))
  return {
    folder,
    project,
    async dispose() {
      project.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const metas: { [K in ArtifactKind]: ArtifactMeta<K> } = {
  dataset: { rows: 1, schema: { columns: [] } },
  profile: { rows: 1, columns: 1, findings: 0 },
  recipe: { columns: 1 },
  model: { task: 'regression', target: 'y', estimator: 'linear', summary: 'a line' },
  report: { task: 'regression', rows: 1, metrics: { rmse: 1 }, baseline: { rmse: 2 } },
  deployment: { name: 'live', model: 'none' },
}

let drafts = 0

/** A draft with one file, in the temporary folder of a run. */
export async function writeDraft<K extends ArtifactKind>(project: Project, run: number, kind: K, content: string, meta: ArtifactMeta<K> = metas[kind]): Promise<Draft<K>> {
  const path = join(project.path, runTemporaryFolder(formatRunId(run)), `draft-${drafts++}`)
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'content.txt'), content)
  return { kind, path, meta }
}

/** A run with one finished step that made one artifact, registered as the engine does it. */
export async function recordRun(project: Project, kind: ArtifactKind, content: string, pipeline = 'p'): Promise<{ run: number; sealed: SealedDraft }> {
  const run = project.runs.start({ pipeline, pipelineFile: '/p.yaml', seed: 1, at: 1000 })
  project.stepRuns.add(run, 'only', 0, 'x/y')
  const sealed = await sealDraft(await writeDraft(project, run, kind, content))
  await publishArtifact(project.path, project.artifacts, sealed)
  project.durably(() => {
    project.artifacts.add(sealed, 1000)
    project.stepRuns.addOutput(run, 'only', { name: 'out', kind, hash: sealed.hash })
    project.stepRuns.end(run, 'only', { status: 'succeeded', seconds: 1, attempts: 1, error: undefined })
    project.runs.finish(run, { status: 'succeeded', at: 2000, outcome: {}, error: undefined })
  })
  return { run, sealed }
}
