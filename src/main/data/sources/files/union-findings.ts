import type { Finding } from '../../finding.ts'
import type { OpenSource } from '../source-reader.ts'

/** One of several files as its reader found it. */
export type FilePart = { readonly name: string; readonly columns: readonly string[]; readonly about: OpenSource['about']; readonly findings: readonly Finding[] }

/** Findings of single files that are listed one by one. */
const MOST_LISTED = 30

/** What the owner should know about files that were joined: columns that some lack, kinds that differ, files passed over. */
export function unionFindings(parts: readonly FilePart[], passedOver: readonly string[]): readonly Finding[] {
  const own = parts.flatMap((part) => part.findings.map((finding) => ({ ...finding, message: `${part.name}: ${finding.message}` })))
  const more = own.length - MOST_LISTED
  return [
    ...lackingColumns(parts),
    ...differentReadings(parts),
    ...(passedOver.length === 0 ? [] : [{ kind: 'files-passed-over', message: `Left out, because their endings are of no table: ${listed(passedOver)}.`, count: passedOver.length }]),
    ...own.slice(0, MOST_LISTED),
    ...(more > 0 ? [{ kind: 'more-findings', message: `${more.toLocaleString('en')} more findings in single files are not listed.`, count: more }] : []),
  ]
}

function lackingColumns(parts: readonly FilePart[]): Finding[] {
  const spellings = new Map<string, string>()
  for (const name of parts.flatMap((part) => part.columns)) if (!spellings.has(name.toLowerCase())) spellings.set(name.toLowerCase(), name)
  const sets = parts.map((part) => new Set(part.columns.map((column) => column.toLowerCase())))
  return [...spellings].flatMap(([key, column]) => {
    const without = parts.filter((_, index) => sets[index]?.has(key) === false).map((part) => part.name)
    if (without.length === 0) return []
    const message = `Column "${column}" is in ${parts.length - without.length} of ${parts.length} files; it is missing in the rows of ${listed(without)}.`
    return [{ kind: 'column-not-in-all-files', column, message, count: without.length }]
  })
}

function differentReadings(parts: readonly FilePart[]): Finding[] {
  const describe = ({ about }: FilePart): string => [about.format, about.encoding === 'ascii' ? 'utf-8' : about.encoding, about.delimiter === null ? null : JSON.stringify(about.delimiter)].filter((part) => part !== null).join(', ')
  const kinds = new Map<string, number>()
  for (const part of parts) kinds.set(describe(part), (kinds.get(describe(part)) ?? 0) + 1)
  if (kinds.size < 2) return []
  const texts = [...kinds].map(([kind, count]) => `${count} as ${kind}`)
  return [{ kind: 'files-differ', message: `The files are not written alike: ${texts.join('; ')}.`, count: kinds.size }]
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? `, and ${names.length - 5} more` : ''}`
}
