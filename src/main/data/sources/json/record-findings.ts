import type { Finding } from '../../finding.ts'
import { partsOf, type FlatColumn } from './flatten.ts'

/** What the owner of the records should know about their keys, lists and numbers. */
export function recordFindings(columns: readonly FlatColumn[], records: number, infinities: number): readonly Finding[] {
  const findings: Finding[] = []
  const partial = columns.filter(({ values, nulls }) => values + nulls < records)
  if (partial.length > 0) {
    const listed = partial.slice(0, 8).map((column) => `"${nameOf(column)}" in ${(records - column.values - column.nulls).toLocaleString('en')}`)
    const more = partial.length > 8 ? `, and ${partial.length - 8} more` : ''
    findings.push({
      kind: 'missing-keys',
      message: `Records differ in their keys; absent are ${listed.join(', ')}${more} of ${records.toLocaleString('en')} records. An absent key is a missing value, as null is.`,
      count: partial.length,
    })
  }
  for (const column of columns.filter(({ arrays }) => arrays > 0)) {
    const parts = partsOf(column)
    const name = nameOf(column)
    findings.push(
      parts > 0
        ? { kind: 'list-columns', column: `${name}.0`, message: `"${name}" holds ${parts} numbers in every record; they are the columns "${name}.0" to "${name}.${parts - 1}".` }
        : { kind: 'nested-column', column: name, message: `Column "${name}" holds lists; they are kept as text.`, count: column.arrays },
    )
  }
  if (infinities > 0) findings.push({ kind: 'no-json-numbers', message: 'NaN and Infinity, which are no JSON, are taken as missing.', count: infinities })
  return findings
}

function nameOf(column: FlatColumn): string {
  return column.path.join('.')
}
