import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent, RunSummary } from '#shared/domain/run.ts'
import type { RunOptions } from '../../../src/main/pipeline/run-options.ts'
import { runPipeline } from '../../../src/main/pipeline/run-pipeline.ts'
import { createProject, type Project } from '../../../src/main/store/project.ts'

/** The step kinds of `example-steps.ts`, for the engine and its workers. */
export const exampleRegistry = new URL('./example-steps.ts', import.meta.url)

/** A pipeline with one step of every kind that behaves. */
export const examplePipeline = `
name: example
task: regression
target: y
steps:
  - { id: ingest, uses: ingest/text, with: { path: rows.txt } }
  - { id: clean, uses: prepare/append, with: { line: "ü" } }
  - { id: split, uses: prepare/halve }
  - { id: train, uses: train/constant }
  - { id: evaluate, uses: evaluate/count, needs: [train, split] }
  - { id: deploy, uses: deploy/slot, with: { name: live }, needs: [train] }
`

/** A project in a temporary folder with blanks and other letters in its path, beside a pipeline file and its data. */
export type Workplace = {
  readonly folder: string
  readonly project: Project
  readonly pipelineFile: string
  run(options?: Partial<RunOptions>): Promise<RunSummary & { readonly events: readonly RunEvent[] }>
  /** Writes the pipeline and runs it. */
  runText(text: string, options?: Partial<RunOptions>): Promise<RunSummary & { readonly events: readonly RunEvent[] }>
  dispose(): Promise<void>
}

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace tëst 数据 '))
  const project = await createProject(join(folder, 'my project'))
  const pipelineFile = join(folder, 'pipeline ü.yaml')
  await writeFile(join(folder, 'rows.txt'), Array.from({ length: 40 }, (_, row) => `row ${row}`).join('\n'))
  await writeFile(pipelineFile, examplePipeline)
  const run: Workplace['run'] = async (options = {}) => {
    const events: RunEvent[] = []
    const onEvent = (event: RunEvent): void => {
      events.push(event)
      options.onEvent?.(event)
    }
    const summary = await runPipeline({ project, pipelineFile, registry: exampleRegistry, threads: 1, ...options, onEvent })
    return { ...summary, events }
  }
  return {
    folder,
    project,
    pipelineFile,
    run,
    async runText(text, options) {
      await writeFile(pipelineFile, text)
      return run(options)
    },
    async dispose() {
      project.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `id:hit` or `id:status` per step. */
export function hits(summary: RunSummary): string {
  return summary.steps.map((step) => `${step.id}:${step.cache.hit ? 'hit' : step.status === 'succeeded' ? 'ran' : step.status}`).join(' ')
}
