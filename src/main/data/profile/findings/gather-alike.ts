import type { ProfileFinding } from '#shared/domain/profile.ts'
import { percent, quoted } from './gathered.ts'

/** From this many columns with the same finding on, one sentence says it of all. */
const MANY = 4
const NAMED = 6

/** What is said of several columns with the same finding. */
const TOGETHER: Readonly<Record<string, (found: readonly ProfileFinding[]) => string>> = {
  'empty-column': () => 'are empty in every row',
  'constant-column': () => 'have the same value in every row',
  'nearly-constant': (found) => `are one value in ${percent(least(found, 'share'))} or more of their rows`,
  identifier: () => 'identify the rows',
  'high-cardinality': () => 'have very many different values',
  'mixed-types': () => 'mix numbers with other texts',
  missing: (found) => `lack a value in ${percent(least(found, 'share'))} to ${percent(most(found, 'share'))} of the rows`,
  'category-variants': () => 'have values that differ only in upper and lower case or in spaces',
  sentinel: (found) => `hold a number far from all others that probably stands for "no value": ${[...new Set(found.map(({ figures }) => String(figures['value'])))].join(', ')}`,
  outliers: () => 'hold single values far from all that is usual',
  skewed: () => 'have a long tail of large values',
  'missing-depends': () => 'are missing more often with some values of the target than with others',
  'future-dates': () => 'hold dates after today',
}

function least(found: readonly ProfileFinding[], figure: string): number {
  return Math.min(...found.map(({ figures }) => Number(figures[figure])))
}

function most(found: readonly ProfileFinding[], figure: string): number {
  return Math.max(...found.map(({ figures }) => Number(figures[figure])))
}

/** Findings of one severity, those of a kind that many columns share as one; the order stays. */
export function gatherAlike(findings: readonly ProfileFinding[]): ProfileFinding[] {
  const done = new Set<string>()
  return findings.flatMap((finding) => {
    const alike = findings.filter(({ kind }) => kind === finding.kind)
    const together = TOGETHER[finding.kind]
    if (together === undefined || alike.length < MANY) return [finding]
    if (done.has(finding.kind)) return []
    done.add(finding.kind)
    const columns = alike.flatMap((one) => one.columns)
    const named = columns.slice(0, NAMED).map(quoted).join(', ')
    const rest = columns.length > NAMED ? ` and ${String(columns.length - NAMED)} more` : ''
    return [{ ...finding, columns, message: `${String(columns.length)} columns ${together(alike)}: ${named}${rest}.`, figures: { columns: columns.length } }]
  })
}
