import type { ProfileFinding } from '#shared/domain/profile.ts'
import { gatherAlike } from './gather-alike.ts'
import { columnRules } from './column-rules.ts'
import { farValues } from './far-values.ts'
import type { FindingRule, Gathered } from './gathered.ts'
import { tableRules } from './table-rules.ts'
import { targetRules } from './target-rules.ts'

const RULES: readonly FindingRule[] = [...targetRules, ...tableRules, farValues, columnRules]
const SEVERITIES = ['danger', 'warning', 'info'] as const

/** What the owner of the data should know, the most important first; within a severity by rule, then in the order of the columns. */
export function findAll(gathered: Gathered): ProfileFinding[] {
  const found = RULES.flatMap((rule) => rule(gathered))
  return SEVERITIES.flatMap((severity) => gatherAlike(found.filter((finding) => finding.severity === severity)))
}
