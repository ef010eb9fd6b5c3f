import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PipelineForecast } from '#shared/domain/pipeline-forecast.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { settleBackends } from '../pipeline/backend/settle-backends.ts'
import { forecastSteps, type ForecastSurroundings } from '../pipeline/forecast.ts'
import { unknownStep } from '../pipeline/overrides.ts'
import { readPipelineText } from '../pipeline/read-pipeline.ts'
import type { Project } from '../store/project.ts'
import { readProjectSettings } from '../store/project-settings.ts'
import { createPipelineTexts, type PipelineTexts } from './pipeline-texts.ts'

/** A text to plan, and how it would be run; `place` is the absolute path of its file. */
export type ForecastRequest = { readonly place: string; readonly text: string; readonly set: readonly string[]; readonly force: readonly string[] }

/** What would happen if a pipeline's text ran now; throws `invalid-pipeline` where it may not run. */
export async function forecastPipeline(project: Project, { place, text, set, force }: ForecastRequest, texts: PipelineTexts): Promise<PipelineForecast> {
  const plan = await settleBackends(await texts.ask('plan', { text, file: place, set }), (await readProjectSettings(project.path)).backend)
  const ids = plan.steps.map(({ id }) => id)
  for (const id of force) if (id !== 'all' && !ids.includes(id)) throw unknownStep(id, ids, `--force ${id}`)
  const memoryBytes = memoryBudget()
  const disk = await statfs(project.path)
  const isForced = (id: string): boolean => force.includes('all') || force.includes(id)
  const estimate: ForecastSurroundings['estimate'] = ({ uses, settled }, inputs, externalBytes) => texts.ask('estimate', { uses, params: settled, inputs, externalBytes })
  return {
    steps: [...(await forecastSteps(plan, { project, baseFolder: dirname(place), memoryBytes, isForced, estimate }))],
    memoryBytes: Math.floor(memoryBytes),
    freeDiskBytes: disk.bavail * disk.bsize,
  }
}

/** What would happen if a pipeline file ran now. */
export async function forecastPipelineFile(project: Project, { file, set, force }: { readonly file: string; readonly set: readonly string[]; readonly force: readonly string[] }): Promise<PipelineForecast> {
  const texts = createPipelineTexts()
  try {
    return await forecastPipeline(project, { place: file, text: await readPipelineText(file), set, force }, texts)
  } finally {
    await texts.close()
  }
}
