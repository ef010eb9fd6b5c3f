import type { PipelineStep } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { suggestion } from '../base/did-you-mean.ts'
import type { Binding } from './binding.ts'
import { givenOutputs } from './given-outputs.ts'

/** Datasets by the names that a step gives them, and what is wrong with those that are not there. */
export type NamedInputs = { readonly bindings: Readonly<Record<string, Binding>>; readonly problems: readonly string[] }

/**
 * Finds the datasets of a step whose kind takes any number of them. Named ones are `step` or `step.output` of steps that it needs, near
 * or far. Where none are named, it takes every dataset of the steps in `needs`: by the step's id, as `id_output` where a step has
 * several, and a single one also as `data`.
 */
export function bindNamedInputs(step: PipelineStep, steps: readonly PipelineStep[], kinds: ReadonlyMap<string, StepKind>): NamedInputs {
  const kind = kinds.get(step.uses)
  const params = kind?.params.safeParse(step.params)
  if (kind?.namedInputs === undefined || params?.success !== true) return { bindings: {}, problems: [] }
  const wanted = kind.namedInputs(params.data)
  return wanted === undefined ? takeAll(step, steps, kinds) : takeNamed(step, wanted, steps, kinds)
}

function takeAll(step: PipelineStep, steps: readonly PipelineStep[], kinds: ReadonlyMap<string, StepKind>): NamedInputs {
  const bindings: Record<string, Binding> = {}
  for (const id of step.needs) {
    const giver = steps.find((one) => one.id === id)
    const outputs = giver === undefined ? [] : datasetsOf(giver, kinds)
    for (const output of outputs) bindings[outputs.length === 1 ? id : `${id}_${output}`] = { step: id, output }
  }
  const [only, ...others] = Object.values(bindings)
  if (only !== undefined && others.length === 0) bindings['data'] = only
  const before = step.needs.length === 0 ? 'it needs no step' : `it needs ${step.needs.join(', ')}`
  return { bindings, problems: only === undefined ? [`step "${step.id}" has no dataset to query (${before}); add steps that make one to "needs"`] : [] }
}

function takeNamed(step: PipelineStep, wanted: Readonly<Record<string, string>>, steps: readonly PipelineStep[], kinds: ReadonlyMap<string, StepKind>): NamedInputs {
  const bindings: Record<string, Binding> = {}
  const problems: string[] = []
  const before = ancestors(step, steps)
  for (const [name, source] of Object.entries(wanted)) {
    const [id = '', output] = source.split('.', 2)
    const giver = before.find((one) => one.id === id)
    const outputs = giver === undefined ? [] : datasetsOf(giver, kinds, output !== undefined)
    const chosen = output ?? (outputs.length === 1 ? outputs[0] : undefined)
    if (giver === undefined) {
      const isThere = steps.some((one) => one.id === id)
      problems.push(`input "${name}" of step "${step.id}" takes "${source}", ${isThere ? `a step that it does not need; add "${id}" to "needs"` : `but no step has this id${suggestion(id, before.map((one) => one.id))}`}`)
    } else if (chosen === undefined || !outputs.includes(chosen)) {
      const known = outputs.map((one) => `"${id}.${one}"`).join(', ')
      problems.push(`input "${name}" of step "${step.id}" takes "${source}"; ${outputs.length === 0 ? `step "${id}" makes no dataset` : `datasets of that step are ${known}`}`)
    } else bindings[name] = { step: id, output: chosen }
  }
  return { bindings, problems }
}

function datasetsOf(step: PipelineStep, kinds: ReadonlyMap<string, StepKind>, withOptional = false): string[] {
  const kind = kinds.get(step.uses)
  return Object.entries(withOptional ? givenOutputs(step, kind) : (kind?.outputs ?? {})).flatMap(([name, kind]) => (kind === 'dataset' ? [name] : []))
}

/** Steps that a step needs, near and far, in file order. */
function ancestors(step: PipelineStep, steps: readonly PipelineStep[]): readonly PipelineStep[] {
  const found = new Set<string>()
  let frontier = step.needs
  while (frontier.length > 0) {
    const fresh = frontier.filter((id) => !found.has(id))
    for (const id of fresh) found.add(id)
    frontier = steps.filter((one) => fresh.includes(one.id)).flatMap((one) => one.needs)
  }
  return steps.filter((one) => found.has(one.id) && one.id !== step.id)
}
