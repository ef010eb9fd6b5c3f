import type { Finding } from '../finding.ts'
import { ROW_NUMBER } from '../parquet.ts'
import { visibleName } from './visible-name.ts'

/**
 * Column names made usable: trimmed and without characters that nobody sees, an empty one becomes `column_3`, a repeated
 * one `name_2`, with a finding for each.
 * Names that differ only in case count as repeated, because SQL cannot tell them apart.
 */
export function uniqueNames(raw: readonly string[]): { readonly names: readonly string[]; readonly findings: readonly Finding[] } {
  const visible = raw.map(visibleName)
  const wanted = visible.map(({ name }) => name)
  const taken = new Set([ROW_NUMBER])
  // Names that stand in the file as they are keep them; only later ones give way.
  const all = new Set(wanted.map((name) => name.toLowerCase()))
  const findings: Finding[] = []
  const numbers = new Map<string, number>()
  const names = wanted.map((name, index) => {
    const base = name === '' ? `column_${index + 1}` : name
    const final = taken.has(base.toLowerCase()) || (name === '' && all.has(base.toLowerCase())) ? numbered(base, taken, all, numbers) : base
    taken.add(final.toLowerCase())
    const hidden = visible[index]?.hidden ?? []
    if (hidden.length > 0) {
      const count = hidden.length === 1 ? 'a character' : 'characters'
      findings.push({ kind: 'hidden-characters', column: final, message: `The name of column ${index + 1} held ${count} that cannot be seen (${hidden.join(', ')}); it is called "${final}".` })
    }
    if (name === '') findings.push({ kind: 'empty-name', column: final, message: `Column ${index + 1} has no name; it is called "${final}".` })
    else if (final !== name) {
      findings.push({ kind: 'duplicate-name', column: final, message: `The name "${name}" is used again by column ${index + 1}; it is called "${final}".` })
    }
    return final
  })
  return { names, findings }
}

/** The next free name of a base; `numbers` remembers where the last search ended. */
function numbered(base: string, taken: ReadonlySet<string>, all: ReadonlySet<string>, numbers: Map<string, number>): string {
  const key = base.toLowerCase()
  for (let number = numbers.get(key) ?? 2; ; number++) {
    const candidate = `${base}_${number}`
    numbers.set(key, number + 1)
    if (!taken.has(candidate.toLowerCase()) && !all.has(candidate.toLowerCase())) return candidate
  }
}
