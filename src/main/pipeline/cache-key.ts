import type { Artifact } from '#shared/domain/artifact.ts'
import type { KeyChange } from '#shared/domain/run.ts'
import { canonicalJson, hashValue } from '../base/hash.ts'
import type { Plan, PlannedStep } from './plan.ts'

/** All that the outputs of a step depend on, as plain values. */
export type KeyParts = {
  /** `stage/name@version`. */
  readonly kind: string
  readonly params: Readonly<Record<string, unknown>>
  /** Artifact hashes by input name. */
  readonly inputs: Readonly<Record<string, string>>
  /** SHA-256 of external files by the path that names them. */
  readonly files: Readonly<Record<string, string>>
  readonly goal?: Readonly<Record<string, unknown>>
  /** What its neural networks compute on: another backend rounds otherwise, so that a model of it is another model. */
  readonly backend?: string
  /** The pipeline's seed and the step's id, which together seed the step. */
  readonly seed?: number
  readonly step?: string
}

/** Gathers what a step depends on; its inputs and external files are known by now. */
export function keyPartsOf(
  plan: Pick<Plan, 'goal' | 'seed'>,
  step: PlannedStep,
  inputs: Readonly<Record<string, Artifact | undefined>>,
  files: Readonly<Record<string, string>>,
): KeyParts {
  const hashes = Object.entries(inputs).flatMap(([name, artifact]) => (artifact === undefined ? [] : [[name, artifact.hash] as const]))
  return {
    kind: `${step.kind.id}@${step.kind.version}`,
    params: step.settled,
    inputs: Object.fromEntries(hashes),
    files,
    ...(step.kind.usesGoal ? { goal: plan.goal ?? {} } : {}),
    ...(step.backend === undefined ? {} : { backend: step.backend.id }),
    ...(step.kind.usesSeed ? { seed: plan.seed, step: step.id } : {}),
  }
}

/** The cache key: SHA-256 of the parts' canonical JSON. */
export function cacheKeyOf(parts: KeyParts): string {
  return hashValue(parts)
}

/** Parts that differ, by their dotted names such as `params.test`; values in words. */
export function changedParts(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): KeyChange[] {
  const before = flatten(from)
  const after = flatten(to)
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((part) => before.get(part) !== after.get(part))
    .map((part) => ({ part, from: before.get(part) ?? 'not set', to: after.get(part) ?? 'not set' }))
}

/** One entry per value; hashes are shortened to twelve digits, which is plenty to tell them apart. */
function flatten(value: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, member] of Object.entries(value)) {
    const name = prefix + key
    const isRecord = member !== null && typeof member === 'object' && !Array.isArray(member)
    if (isRecord) for (const [part, text] of flatten(member as Record<string, unknown>, `${name}.`)) flat.set(part, text)
    else if (member !== undefined) flat.set(name, inWords(name, member))
  }
  return flat
}

function inWords(name: string, value: unknown): string {
  if (typeof value === 'string') return /^(inputs|files)\./.test(name) ? value.slice(0, 12) : value
  return canonicalJson(value)
}
