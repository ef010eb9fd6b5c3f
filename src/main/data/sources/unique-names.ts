import type { Finding } from '../finding.ts'
import { ROW_NUMBER } from '../parquet.ts'

/**
 * Column names made usable: trimmed, an empty one becomes `column_3`, a repeated one `name_2`, with a finding for each.
 * Names that differ only in case count as repeated, because SQL cannot tell them apart.
 */
export function uniqueNames(raw: readonly string[]): { readonly names: readonly string[]; readonly findings: readonly Finding[] } {
  const wanted = raw.map((name) => name.trim())
  const taken = new Set([ROW_NUMBER])
  // Names that stand in the file as they are keep them; only later ones give way.
  const all = new Set(wanted.map((name) => name.toLowerCase()))
  const findings: Finding[] = []
  const names = wanted.map((name, index) => {
    const base = name === '' ? `column_${index + 1}` : name
    const final = taken.has(base.toLowerCase()) || (name === '' && all.has(base.toLowerCase())) ? numbered(base, taken, all) : base
    taken.add(final.toLowerCase())
    if (name === '') findings.push({ kind: 'empty-name', column: final, message: `Column ${index + 1} has no name; it is called "${final}".` })
    else if (final !== name) {
      findings.push({ kind: 'duplicate-name', column: final, message: `The name "${name}" is used again by column ${index + 1}; it is called "${final}".` })
    }
    return final
  })
  return { names, findings }
}

function numbered(base: string, taken: ReadonlySet<string>, all: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const candidate = `${base}_${number}`
    if (!taken.has(candidate.toLowerCase()) && !all.has(candidate.toLowerCase())) return candidate
  }
}
