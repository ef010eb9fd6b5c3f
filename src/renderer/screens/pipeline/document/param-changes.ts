import type { PipelineChange } from '#shared/domain/pipeline-change.ts'

type Params = Readonly<Record<string, unknown>>

/** Changes of a step's parameters that a form made: one per parameter that is set, changed or taken out. */
export function paramChanges(step: string, before: Params, after: Params): readonly PipelineChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name): PipelineChange[] => {
    const value = after[name]
    if (isSame(before[name], value)) return []
    return value === undefined ? [{ kind: 'unset-param', step, path: [name] }] : [{ kind: 'set-param', step, path: [name], value }]
  })
}

/** True for plain values that hold the same; the order of keys does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a) || Array.isArray(b)) return false
  const left = a as Params
  const right = b as Params
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]))
}
