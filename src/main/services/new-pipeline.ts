import { existsSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import type { CheckedInput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { sha256 } from '../base/hash.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { renderFlow, renderItem } from '../pipeline/edit/render-yaml.ts'
import type { Project } from '../store/project.ts'
import { slashed } from './pipeline-place.ts'
import type { PipelineText } from './pipeline-files.ts'

/** What a new pipeline is about. */
export type NewPipeline = Omit<CheckedInput<'pipelines.create'>, 'project'>

/** Share of the rows that are held out for testing. */
const testShare = 0.25

/** Writes a pipeline file that reads, cleans, splits, trains, evaluates and deploys; throws `already-exists` where there is a file of its name. */
export async function createPipeline(project: Project, wanted: NewPipeline): Promise<PipelineText & { readonly file: string }> {
  const file = `${fileName(wanted.name)}.yaml`
  const place = join(project.path, file)
  if (existsSync(place)) {
    throw new MillraceError({
      code: 'already-exists',
      headline: `There is a file ${file} already`,
      message: 'Nothing was written.',
      nextStep: 'Choose another name, or open the pipeline that is there.',
      details: { file: place },
    })
  }
  const text = newPipelineText(wanted, project.path)
  await writeFileAtomic(place, text)
  return { file, text, revision: sha256(text) }
}

/** The text of a new pipeline; pure. Paths inside the project's folder are written from there. */
export function newPipelineText({ name, source, task, target, positive, drop, budget, deployment }: NewPipeline, projectFolder: string): string {
  const ingest =
    'dataset' in source
      ? { id: 'ingest', uses: 'ingest/dataset', with: { name: source.dataset, ...(source.version === undefined ? {} : { version: source.version }) } }
      : { id: 'ingest', uses: 'ingest/file', with: { path: placed(source.path, projectFolder), ...source.reading } }
  const isClassification = task !== 'regression'
  const steps = [
    { says: 'dataset' in source ? ['Takes a dataset of the project.'] : ['Finds out delimiter, types and roles.'], step: ingest },
    { says: ['Trims cells, finds what stands for no', 'value, looks for repeated rows.'], step: { id: 'clean', uses: 'prepare/clean' } },
    { says: ['A quarter is kept for the examination;', 'no later step learns from it.'], step: { id: 'split', uses: 'prepare/split', with: { test: testShare, ...(isClassification ? { stratify: true } : {}) } } },
    { says: ['Fitted on training rows only, and', 'saved with the model.'], step: { id: 'features', uses: 'features/recipe', with: { preset: 'auto', ...(drop.length === 0 ? {} : { drop }) } } },
    { says: ['Compares learners by cross-validation', 'on the training rows, keeps the best.'], step: { id: 'train', uses: 'train/model', needs: ['split', 'features'], with: { budget: budget ?? '60s' } } },
    { says: ['On rows it has never seen, beside a', 'baseline that guesses.'], step: { id: 'evaluate', uses: 'evaluate/report', needs: ['train', 'split'] } },
    { says: ['Points the deployment at the model.'], step: { id: 'deploy', uses: 'deploy/local', needs: ['train'], with: { name: deployment ?? fileName(name) } } },
  ]
  const goal = { name, task, target, ...(positive === undefined || task !== 'binary-classification' ? {} : { positive }), seed: 42 }
  return [
    ...Object.entries(goal).map(([key, value]) => `${key}: ${renderFlow(value)}`),
    'steps:',
    ...steps.flatMap(({ says, step }) => [...says.map((line) => `# ${line}`), ...renderItem(step)].map((line) => `  ${line}`)),
    '',
  ].join('\n')
}

/** A name for files and deployments: letters, digits, ".", "-" and "_". */
export function fileName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[^A-Za-z0-9]+|-+$/g, '').slice(0, 64)
  return plain === '' ? 'pipeline' : plain
}

function placed(path: string | readonly string[], projectFolder: string): string | readonly string[] {
  if (typeof path !== 'string') return path.map((one) => placed(one, projectFolder) as string)
  if (!isAbsolute(path)) return slashed(path)
  const inside = relative(projectFolder, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : slashed(inside)
}
