import type { CountedText } from '../column-texts.ts'
import type { RepairRule } from '../rule.ts'

/** Values that are compared with one another. */
const MOST = 500

/** Values that seem to be short for others, "SLP" for "San Luis Potosi": proposed, never merged unasked. */
export const abbreviationsRule: RepairRule = {
  id: 'abbreviations',
  help: 'Proposes values that seem to be short for others (initials, "Cd Victoria" for "Ciudad Victoria"); `replace` of the column merges them.',
  modes: ['report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && column.type === 'category' && column.role === 'feature',
  async decide(ctx) {
    const { values } = await ctx.texts()
    const all = values.slice(0, MOST).map((value) => ({ ...value, words: words(value.text) }))
    const pairs = all.flatMap((short) => all.filter((long) => long !== short && isShortFor(short.words, long.words)).map((long) => [short, long] as const))
    if (pairs.length === 0) return {}
    const listed = pairs.slice(0, 20).map(([short, long]) => `"${short.text}" (${short.rows}) for "${long.text}" (${long.rows})`)
    const replace = `{replace: {"${pairs[0]?.[0].text ?? ''}": "${pairs[0]?.[1].text ?? ''}"}}`
    const message = `Column "${ctx.column.name}": ${listed.join('; ')}${pairs.length > listed.length ? `; and ${pairs.length - listed.length} more` : ''} may be short for it; say columns: {${ctx.column.name}: ${replace}} to merge them.`
    return { findings: [{ kind: 'abbreviations', column: ctx.column.name, count: pairs.length, message }] }
  },
}

function words(text: CountedText['text']): string[] {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** Initials of two words or more, or the same number of words of which some are shortened ("cd" for "ciudad"). */
function isShortFor(short: readonly string[], long: readonly string[]): boolean {
  const initials = short.join('')
  if (long.length >= 2 && initials.length === long.length && initials === long.map((word) => word.charAt(0)).join('') && /^\p{L}+$/u.test(initials)) return true
  if (short.length !== long.length || short.length < 2) return false
  return short.some((word, index) => word !== long[index]) && short.every((word, index) => word === long[index] || shortens(word, long[index] ?? ''))
}

/** Letters of the word in its order, its first one, and not half of them: "cd" of "ciudad", "st" of "street". */
function shortens(short: string, long: string): boolean {
  if (short.length < 2 || short.length * 2 > long.length || short[0] !== long[0] || !/^\p{L}+$/u.test(short)) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}
