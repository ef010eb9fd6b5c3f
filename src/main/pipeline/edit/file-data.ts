import { MillraceError } from '#shared/errors.ts'
import { suggestion } from '../../base/did-you-mean.ts'
import { isRecord } from './render-yaml.ts'

/** A pipeline file as plain data, whether or not it is whole. */
export type FileData = Readonly<Record<string, unknown>>

/** An entry of `steps`; what is no mapping stays as it is. */
export type StepData = Readonly<Record<string, unknown>>

/** Keys that name the steps of a text: ids where they are texts of their own, else `#` and the place. */
export function stepKeys(steps: readonly unknown[]): readonly string[] {
  const ids = steps.map((step) => (isRecord(step) && typeof step['id'] === 'string' ? step['id'] : ''))
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return ids.map((id, index) => (id !== '' && counts.get(id) === 1 ? id : `#${String(index + 1)}`))
}

/** The entries of `steps`; none where the file has no such list. */
export function stepsOf(data: FileData): readonly unknown[] {
  return Array.isArray(data['steps']) ? (data['steps'] as unknown[]) : []
}

/** Place of the step with that key; throws `not-found`. */
export function placeOf(data: FileData, key: string): number {
  const keys = stepKeys(stepsOf(data))
  const index = keys.indexOf(key)
  if (index >= 0 && isRecord(stepsOf(data)[index])) return index
  throw new MillraceError({
    code: 'not-found',
    headline: `The pipeline has no step "${key}"${suggestion(key, keys)}`,
    nextStep: 'Choose a step that is there; perhaps the text changed meanwhile.',
    details: { step: key },
  })
}

/** The step at a place. */
export function stepAt(data: FileData, index: number): StepData {
  const step = stepsOf(data)[index]
  return isRecord(step) ? step : {}
}

/** Its id; nothing where it has none. */
export function idOf(step: unknown): string {
  return isRecord(step) && typeof step['id'] === 'string' ? step['id'] : ''
}

/** Ids that a step waits for: those it says, else that of the step before. */
export function needsOf(data: FileData, index: number): readonly string[] {
  const given = stepAt(data, index)['needs']
  if (typeof given === 'string') return [given]
  if (Array.isArray(given)) return given.filter((need): need is string => typeof need === 'string')
  const previous = idOf(stepsOf(data)[index - 1])
  return index === 0 || previous === '' ? [] : [previous]
}

/** The file with other steps. */
export function withSteps(data: FileData, steps: readonly unknown[]): FileData {
  return { ...data, steps }
}

/** The file with one step replaced. */
export function withStep(data: FileData, index: number, step: StepData): FileData {
  return withSteps(data, stepsOf(data).with(index, step))
}

/** Keys of a step in the order in which they are written. */
const stepOrder = ['id', 'uses', 'needs', 'with', 'cache', 'retry', 'timeout']

/** A step with a key set, a new one in its place among the others; undefined takes it out. */
export function withKey(step: StepData, key: string, value: unknown): StepData {
  if (value === undefined) return Object.fromEntries(Object.entries(step).filter(([name]) => name !== key))
  if (Object.hasOwn(step, key)) return { ...step, [key]: value }
  return insertKey(step, key, value, stepOrder)
}

/** A mapping with a new key: after the last of those that come before it in `order`, else at the beginning. */
export function insertKey(record: FileData, key: string, value: unknown, order: readonly string[]): FileData {
  const before = order.slice(0, Math.max(0, order.indexOf(key)))
  const entries = Object.entries(record)
  const at = entries.findLastIndex(([name]) => before.includes(name)) + 1
  return Object.fromEntries(entries.toSpliced(at, 0, [key, value]))
}

/** The step with what it waits for written down; nothing is written where that is the step before and nothing was said. */
export function withNeeds(data: FileData, index: number, needs: readonly string[]): StepData {
  const step = stepAt(data, index)
  const previous = idOf(stepsOf(data)[index - 1])
  const isDefault = index === 0 ? needs.length === 0 : previous !== '' && needs.length === 1 && needs[0] === previous
  if (isDefault && step['needs'] === undefined) return step
  return withKey(step, 'needs', [...needs])
}
