import { suggestion } from '../../base/did-you-mean.ts'
import { findingAt, type LintRule } from './subject.ts'

/** Every step uses a step kind that exists. */
export const knownKinds: LintRule = ({ pipeline, source, kinds }) =>
  pipeline.steps.flatMap((step, index) =>
    kinds.has(step.uses)
      ? []
      : [findingAt(source, 'known-kinds', ['steps', index, 'uses'], `unknown step kind "${step.uses}"${suggestion(step.uses, [...kinds.keys()])}`, step.id)],
  )
