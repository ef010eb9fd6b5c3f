import { useSearch } from '@tanstack/react-router'
import type { ModelEntry } from '#shared/contract/models.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'

/** The model that the address names: through a run, by name and version, or the newest one of the project. */
export type ShownModel = {
  readonly entry: ModelEntry | undefined
  /** The run through which it is looked at. */
  readonly run: string | undefined
  readonly looking: boolean
  readonly error: Error | null
  /** Why there is none. */
  readonly nothing: string | undefined
}

type Address = { readonly run?: string | undefined; readonly model?: string | undefined; readonly version?: number | undefined }

/** A model version as commands name it. */
export function modelId({ name, version }: Pick<ModelEntry, 'name' | 'version'>): string {
  return `${name}@${String(version)}`
}

function chosen(models: readonly ModelEntry[], model: string | undefined, version: number | undefined): ModelEntry | undefined {
  if (model === undefined) return models.toSorted((a, b) => b.createdAt - a.createdAt)[0]
  const wanted = version === undefined ? model : `${model}@${String(version)}`
  return models.find((one) => modelId(one) === wanted) ?? models.find(({ name }) => name === wanted)
}

/** Finds the model to show. */
export function useShownModel(): ShownModel {
  const project = useProject()
  const { run, model, version }: Address = useSearch({ strict: false })
  const detail = useMethod('runs.show', { project, run: run ?? '' }, { enabled: run !== undefined })
  const list = useMethod('models.list', { project })
  const error = detail.error ?? list.error
  const models = list.data?.models
  if (models === undefined || (run !== undefined && detail.data === undefined)) return { entry: undefined, run, looking: error === null, error, nothing: undefined }
  const ref = detail.data?.model
  const entry = run === undefined ? chosen(models, model, version) : models.find(({ hash }) => hash === ref?.hash)
  if (entry !== undefined) return { entry, run: run ?? entry.run ?? undefined, looking: false, error, nothing: undefined }
  const nothing = run !== undefined ? (ref === undefined ? `Run ${run} trained no model` : `The model of run ${run} was deleted`) : model === undefined ? 'No model yet' : `There is no model ${model}`
  return { entry: undefined, run, looking: false, error, nothing }
}
