import { bindInputs } from '../bind-inputs.ts'
import { bindNamedInputs } from '../named-inputs.ts'
import { findingAt, type LintRule } from './subject.ts'

/** Every input that a step must have is an output of a step before it. */
export const boundInputs: LintRule = ({ pipeline, source, kinds }) =>
  pipeline.steps.flatMap((step, index) => {
    const kind = kinds.get(step.uses)
    if (kind === undefined) return []
    if (kind.namedInputs !== undefined) {
      const path = ['steps', index]
      return bindNamedInputs(step, pipeline.steps, kinds).problems.map((problem) => findingAt(source, 'bound-inputs', path, problem, step.id))
    }
    const bound = bindInputs(step, pipeline.steps, kinds)
    return Object.entries(kind.inputs).flatMap(([name, spec]) => {
      if (bound[name] !== undefined || spec.optional === true) return []
      const makers = [...kinds.values()].filter((other) => spec.from.some((output) => other.outputs[output] === spec.kind)).map((other) => other.id)
      const before = step.needs.length === 0 ? 'it needs no step' : `it needs ${step.needs.join(', ')}`
      const makersText = makers.length === 0 ? '' : `; such steps are ${makers.join(', ')}`
      const message = `step "${step.id}" has no ${spec.kind} for its input "${name}" (${before}); add a step that makes one to "needs"${makersText}`
      return [findingAt(source, 'bound-inputs', ['steps', index], message, step.id)]
    })
  })
