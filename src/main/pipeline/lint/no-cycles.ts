import { findCycle } from '../step-order.ts'
import { findingAt, type LintRule } from './subject.ts'

/** No step needs itself through others. */
export const noCycles: LintRule = ({ pipeline, source }) => {
  const cycle = findCycle(pipeline.steps)
  const first = cycle?.[0]
  if (cycle === undefined || first === undefined) return []
  const index = pipeline.steps.findIndex((step) => step.id === first)
  const chain = [...cycle, first].join(' → ')
  return [findingAt(source, 'no-cycles', ['steps', index, 'needs'], `the steps wait for each other in a circle: ${chain} (each needs the next)`, first)]
}
