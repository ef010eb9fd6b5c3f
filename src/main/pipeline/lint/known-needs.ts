import { suggestion } from '../../base/did-you-mean.ts'
import { findingAt, type LintRule } from './subject.ts'

/** `needs` names other steps of this file. */
export const knownNeeds: LintRule = ({ pipeline, source }) =>
  pipeline.steps.flatMap((step, index) =>
    step.needs.flatMap((need, position) => {
      const path = ['steps', index, 'needs', position]
      if (need === step.id) return [findingAt(source, 'known-needs', path, `step "${step.id}" needs itself`, step.id)]
      const others = pipeline.steps.map((other) => other.id).filter((id) => id !== step.id)
      if (others.includes(need)) return []
      return [findingAt(source, 'known-needs', path, `"needs" names a step that is not there: "${need}"${suggestion(need, others)}`, step.id)]
    }),
  )
