import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { addStep, removeStep, renameStep } from './change-steps.ts'
import { insertKey, placeOf, stepAt, stepKeys, stepsOf, withKey, withStep, type FileData, type StepData } from './file-data.ts'
import { isRecord } from './render-yaml.ts'

/** Top-level keys in the order in which they are written. */
const fileOrder = ['name', 'task', 'target', 'positive', 'seed', 'backend', 'steps']

/** The file's data after a change, and the key of the step that it was about; pure. */
export function changeFile(data: FileData, change: PipelineChange, kinds: ReadonlyMap<string, StepKind>): { readonly data: FileData; readonly step: string | null } {
  switch (change.kind) {
    case 'add-step':
      return addStep(data, change, kinds)
    case 'remove-step':
      return removeStep(data, change.step)
    case 'rename-step':
      return renameStep(data, change, kinds)
    case 'set-goal':
      return { data: ['name', 'task', 'target', 'positive', 'seed'].reduce((changed, key) => withGoal(changed, key, change[key as 'name']), data), step: null }
    case 'set-param':
      return onStep(data, change.step, (step) => withParams(step, setAt(paramsOf(step), change.path, change.value)))
    case 'unset-param':
      return onStep(data, change.step, (step) => withParams(step, unsetAt(paramsOf(step), change.path)))
    case 'set-needs':
      return onStep(data, change.step, (step) => withKey(step, 'needs', change.needs ?? undefined))
    case 'set-flags':
      return onStep(data, change.step, (step) => (['cache', 'retry', 'timeout'] as const).reduce((changed, key) => (change[key] === undefined ? changed : withKey(changed, key, change[key] ?? undefined)), step))
  }
}

function onStep(data: FileData, key: string, work: (step: StepData) => StepData): { readonly data: FileData; readonly step: string } {
  const index = placeOf(data, key)
  const changed = withStep(data, index, work(stepAt(data, index)))
  return { data: changed, step: stepKeys(stepsOf(changed))[index] ?? key }
}

function withGoal(data: FileData, key: string, value: unknown): FileData {
  if (value === undefined) return data
  if (value === null) return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key))
  return Object.hasOwn(data, key) ? { ...data, [key]: value } : insertKey(data, key, value, fileOrder)
}

function paramsOf(step: StepData): FileData {
  return isRecord(step['with']) ? step['with'] : {}
}

function withParams(step: StepData, params: FileData): StepData {
  return withKey(step, 'with', Object.keys(params).length === 0 ? undefined : params)
}

function setAt(record: FileData, [name = '', ...rest]: readonly string[], value: unknown): FileData {
  const inner = record[name]
  return { ...record, [name]: rest.length === 0 ? value : setAt(isRecord(inner) ? inner : {}, rest, value) }
}

/** Mappings that become empty go too. */
function unsetAt(record: FileData, [name = '', ...rest]: readonly string[]): FileData {
  const inner = record[name]
  const left = rest.length > 0 && isRecord(inner) ? unsetAt(inner, rest) : {}
  if (Object.keys(left).length > 0) return { ...record, [name]: left }
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}
