import type { DatasetDescription, ProfileHead } from '#shared/contract/datasets.ts'

/** Something that the owner of the data should know, wherever it was found. */
export type ShownFinding = {
  readonly key: string
  readonly severity: 'danger' | 'warning' | 'info'
  readonly columns: readonly string[]
  readonly message: string
  readonly advice: string | undefined
  readonly found: 'reading' | 'profile'
}

/** What was found while the file was read says how it was taken; only what may be wrong wants a look. */
const WANTS_A_LOOK = /^(?:uncertain-encoding|mixed-encodings|mostly-|stray|ambiguous|duplicate-name|sentinel)/

/** All that was found about a dataset, the most important first. */
export function findingsOf(description: DatasetDescription, profile: ProfileHead | null | undefined): readonly ShownFinding[] {
  const read = (description.report?.findings ?? []).map(({ kind, column, message }, index): ShownFinding => ({
    key: `reading ${String(index)}`,
    severity: WANTS_A_LOOK.test(kind) ? 'warning' : 'info',
    columns: column === undefined ? [] : [column],
    message,
    advice: undefined,
    found: 'reading',
  }))
  const profiled = (profile?.findings ?? []).map(({ severity, columns, message, advice }, index): ShownFinding => ({ key: `profile ${String(index)}`, severity, columns, message, advice, found: 'profile' }))
  const rank = { danger: 0, warning: 1, info: 2 } as const
  return [...profiled, ...read].toSorted((a, b) => rank[a.severity] - rank[b.severity])
}

/** The most important kind of finding by column; what is only good to know is left out. */
export function markedColumns(findings: readonly ShownFinding[]): ReadonlyMap<string, ShownFinding['severity']> {
  const marked = new Map<string, ShownFinding['severity']>()
  for (const { severity, columns } of findings) {
    if (severity === 'info') continue
    for (const column of columns) if (!marked.has(column)) marked.set(column, severity)
  }
  return marked
}
