import { stat } from 'node:fs/promises'
import type { ModelExport } from '#shared/contract/models.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { ExportJobInput, ExportJobOutput } from '../serving/export-job.ts'
import type { Project } from '../store/project.ts'
import { createWorkerPool } from '../workers/pool.ts'
import { cardMarkdown } from './model-card-markdown.ts'
import { modelCard } from './model-card.ts'
import type { ModelDesk } from './model-desk.ts'
import { originOf } from './model-origin.ts'
import { servedModel } from './models.ts'
import { refuseProjectFile } from './own-files.ts'
import { showReport } from './reports.ts'
import { savePage } from './save-page.ts'

/** What to take away of which model, and where to; `output` is an absolute path. */
export type ExportRequest = { readonly model: string; readonly run?: string | undefined; readonly format: ModelExport; readonly output: string }

/** How an export is watched and stopped. */
type Effects = { readonly signal: AbortFlag; readonly onProgress?: (fraction: number, message: string) => void }

/** Writes a model's evaluation as a page, its card as Markdown, or its bundle as a folder or an archive; whole or not at all, never over a part of a project. */
export async function exportModel(project: Project, desk: ModelDesk, { model, run, format, output }: ExportRequest, { signal, onProgress }: Effects): Promise<ExportJobOutput> {
  refuseProjectFile(project.path, output)
  const served = servedModel(project, { model })
  if (format === 'report') {
    const origin = originOf(project, served.ref.hash, run)
    if (origin.run === undefined) throw new MillraceError({ code: 'not-found', headline: 'No run has this model any more', message: 'Its evaluation was deleted with its run.', nextStep: 'Run the pipeline again.', details: { value: model } })
    await showReport(project, origin.run, output)
    return { output, bytes: (await stat(output)).size }
  }
  const card = cardMarkdown(await modelCard(project, desk, model, run))
  if (format === 'card') {
    await savePage(project, output, card)
    return { output, bytes: Buffer.byteLength(card) }
  }
  const pool = createWorkerPool({ size: 1 })
  try {
    return await pool.run<ExportJobInput, ExportJobOutput>(
      workerUrl('../serving/export-job.ts', import.meta.url),
      { model: served.artifact.path, further: { 'MODEL_CARD.md': card }, output, as: format },
      { label: 'the export', signal, ...(onProgress === undefined ? {} : { onProgress }) },
    )
  } finally {
    await pool.close()
  }
}
