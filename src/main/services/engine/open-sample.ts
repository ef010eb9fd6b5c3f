import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/index.ts'
import { valueOf } from '#shared/contract/result.ts'
import { isProject, templateOf } from '../projects.ts'
import type { Engine } from './create-engine.ts'

const templateId = 'churn'

/**
 * Opens the sample project in that folder, so that a first look at the window finds something alive: makes it where it is not there, and
 * starts its pipeline where that has never run to an end. True where it was made now.
 */
export async function openSample(engine: Pick<Engine, 'call'>, folder: string): Promise<boolean> {
  const ask = async <N extends MethodName>(name: N, input: MethodInput<N>): Promise<MethodOutput<N>> => valueOf(await engine.call(name, input)) as MethodOutput<N>
  const made = !isProject(folder)
  if (made) await ask('projects.create', { path: folder, template: templateId })
  else await ask('projects.open', { path: folder })
  const { pipeline } = templateOf(templateId)
  const { pipelines } = await ask('pipelines.list', { project: folder })
  const sample = pipelines.find(({ file }) => file === pipeline)
  // A run that failed is the user's to look at; one that never was, or was stopped, is taken up.
  const lacking = sample !== undefined && (sample.lastRun === null || ['interrupted', 'cancelled'].includes(sample.lastRun.status))
  if (lacking) await ask('pipelines.run', { project: folder, file: pipeline })
  return made
}
