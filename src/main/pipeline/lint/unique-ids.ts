import { findingAt, type LintRule } from './subject.ts'

/** Every step has an id of its own. */
export const uniqueIds: LintRule = ({ pipeline, source }) =>
  pipeline.steps.flatMap((step, index) => {
    const first = pipeline.steps.findIndex((other) => other.id === step.id)
    if (first === index) return []
    const line = source.positionOf(['steps', first]).line
    return [findingAt(source, 'unique-ids', ['steps', index, 'id'], `step "${step.id}" is there already, on line ${line}; ids are unique`, step.id)]
  })
