import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChoiceFile } from '#shared/domain/choice.ts'
import type { CurvesFile } from '#shared/domain/curves.ts'
import { runTemporaryFolder } from '../../../src/main/store/project-layout.ts'
import type { Project } from '../../../src/main/store/project.ts'
import { publishArtifact } from '../../../src/main/store/publish-artifact.ts'
import { formatRunId } from '../../../src/main/store/run-id.ts'
import { sealDraft } from '../../../src/main/store/seal-draft.ts'

let made = 0

/** A finished run with a model whose artifact holds these files; nothing in it predicts. */
export async function recordModelRun(project: Project, files: { readonly choice?: Partial<ChoiceFile>; readonly curves?: CurvesFile; readonly params?: Record<string, unknown> }): Promise<string> {
  const run = project.runs.start({ pipeline: 'p', pipelineFile: '/p.yaml', seed: 1, at: 1000 })
  const path = join(project.path, runTemporaryFolder(formatRunId(run)), `model-${String(made++)}`)
  await mkdir(path, { recursive: true })
  const choice: ChoiceFile = { formatVersion: 1, automatic: true, chosen: [], reason: 'made', validation: null, candidates: [], folds: null, learningCurve: [], ...files.choice }
  await writeFile(join(path, 'choice.json'), JSON.stringify(choice))
  if (files.curves !== undefined) await writeFile(join(path, 'curves.json'), JSON.stringify(files.curves))
  const sealed = await sealDraft({ kind: 'model', path, meta: { task: 'binary-classification', target: 'y', estimator: 'linear', summary: `made ${String(made)}` } })
  await publishArtifact(project.path, project.artifacts, sealed)
  project.durably(() => {
    project.stepRuns.add(run, 'train', 0, 'train/model')
    project.stepRuns.start(run, 'train', { params: files.params ?? {}, keyParts: {}, cacheKey: String(made), cache: { hit: false, reason: '', changed: [], producedBy: undefined }, at: 1 })
    project.artifacts.add(sealed, 1000)
    project.stepRuns.addOutput(run, 'train', { name: 'model', kind: 'model', hash: sealed.hash })
    project.stepRuns.end(run, 'train', { status: 'succeeded', seconds: 1, attempts: 1, error: undefined })
    const { name, version, hash } = project.models.register({ name: 'p', hash: sealed.hash, run, at: 1 })
    project.runs.finish(run, { status: 'succeeded', at: 2000, outcome: { model: { name, version, hash }, metrics: { roc_auc: 0.8 } }, error: undefined })
  })
  return formatRunId(run)
}
