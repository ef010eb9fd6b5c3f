import type { PipelineStep } from '#shared/domain/pipeline.ts'
import type { InputSpec, StepKind } from '../stages/step-kind.ts'
import type { Binding } from './binding.ts'
import { givenOutputs } from './given-outputs.ts'
import { bindNamedInputs } from './named-inputs.ts'

/**
 * Finds what each input of a step takes. The steps it needs are looked at first, then what those need, and so on, nearest
 * first; among the steps of one distance the first name in `from` wins, then the step that stands last in the file.
 * Unknown steps and kinds are passed over: other rules report them.
 */
export function bindInputs(
  step: PipelineStep,
  steps: readonly PipelineStep[],
  kinds: ReadonlyMap<string, StepKind>,
): Readonly<Record<string, Binding | undefined>> {
  const kind = kinds.get(step.uses)
  if (kind === undefined) return {}
  if (kind.namedInputs !== undefined) return bindNamedInputs(step, steps, kinds).bindings
  return Object.fromEntries(Object.entries(kind.inputs).map(([name, spec]) => [name, bind(spec, ancestorLevels(step, steps), kinds)]))
}

function bind(spec: InputSpec, levels: Iterable<readonly PipelineStep[]>, kinds: ReadonlyMap<string, StepKind>): Binding | undefined {
  for (const level of levels) {
    for (const output of spec.from) {
      const giver = level.findLast((candidate) => givenOutputs(candidate, kinds.get(candidate.uses))[output] === spec.kind)
      if (giver !== undefined) return { step: giver.id, output }
    }
  }
  return undefined
}

/**
 * Needed steps by distance, each step once at its nearest, in file order within a distance. Made as they are asked for: nearly
 * every input is bound at distance 1, and walking all ancestors of every step of a long chain would take its length cubed.
 */
function* ancestorLevels(step: PipelineStep, steps: readonly PipelineStep[]): Generator<readonly PipelineStep[]> {
  const seen = new Set([step.id])
  let frontier: readonly PipelineStep[] = [step]
  for (;;) {
    const wanted = new Set(frontier.flatMap((one) => one.needs))
    const level = steps.filter((candidate) => wanted.has(candidate.id) && !seen.has(candidate.id))
    if (level.length === 0) return
    for (const one of level) seen.add(one.id)
    yield level
    frontier = level
  }
}
