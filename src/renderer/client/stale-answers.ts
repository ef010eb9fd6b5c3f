import type { EngineEvent } from '#shared/contract/event.ts'
import type { Domain } from '#shared/contract/index.ts'

type ChangedPart = Extract<EngineEvent, { topic: 'project' }>['changed'][number]

/** Domains whose answers depend on a part of a project's record. */
const DEPENDENT: Readonly<Record<ChangedPart, readonly Domain[]>> = {
  runs: ['runs', 'projects', 'pipelines', 'models'],
  datasets: ['datasets', 'features', 'pipelines', 'projects'],
  models: ['models', 'runs', 'deployments', 'projects'],
  deployments: ['deployments', 'models', 'runs', 'projects'],
  pipelines: ['pipelines', 'features', 'projects'],
}

/** Whether an answer, by its key `[name, input]`, may have changed with what an event tells. */
export function isStaleAfter(key: readonly unknown[], event: EngineEvent): boolean {
  const [name, input] = key
  if (typeof name !== 'string') return false
  const domain = name.slice(0, name.indexOf('.')) as Domain
  // What was opened of late is kept with the settings.
  if (event.topic === 'settings') return domain === 'app' || name === 'projects.recent'
  if (event.topic !== 'project') return false
  const project = typeof input === 'object' && input !== null && 'project' in input ? input.project : undefined
  if (project !== undefined && project !== event.project) return false
  return event.changed.some((part) => DEPENDENT[part].includes(domain))
}
