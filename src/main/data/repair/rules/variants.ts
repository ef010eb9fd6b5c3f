import type { Finding } from '../../finding.ts'
import { MOST_VALUES, type CountedText } from '../column-texts.ts'
import type { RepairRule } from '../rule.ts'
import { cells, quoted } from '../say.ts'
import { groupSpellings, type SpellingGroup } from '../spelling-keys.ts'

/** Spellings of one value that differ in case, spacing, accents or punctuation, all as the most frequent one. */
export const variantsRule: RepairRule = {
  id: 'variants',
  help: 'Merges spellings of a value that differ only in case, spacing, accents or punctuation into the most frequent one.',
  modes: ['merge', 'report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && column.type === 'category' && column.role === 'feature',
  async decide(ctx) {
    const { values, complete } = await ctx.texts()
    if (!mayAgree(values)) return {}
    const groups = (await groupSpellings(ctx.engine, values)).filter(({ spellings }) => spellings.length > 1)
    const findings: Finding[] = complete || groups.length === 0 ? [] : [leftOut(ctx.column.name)]
    if (groups.length === 0) return { findings }
    if (caseCounts(groups)) return { findings: [...findings, told(ctx.column.name, groups, 'differ only in case, often enough that case may mean something; they stay')] }
    // "f" and "F" may be two codes; a word is one word.
    const [single, words] = [groups.filter(({ key }) => key.length < 2), groups.filter(({ key }) => key.length >= 2)]
    if (single.length > 0) findings.push(told(ctx.column.name, single, 'are single characters; they stay'))
    if (words.length === 0) return { findings }
    if (ctx.mode === 'report') return { findings: [...findings, told(ctx.column.name, words, 'may be one value each')] }
    const repair = { kind: 'spellings' as const, rule: 'variants', spellings: words.map(({ key, spellings }): [string, string] => [key, spellings[0]?.text ?? '']) }
    return { repairs: [repair], findings: [...findings, merged(ctx.column.name, words)] }
  },
}

/** False where no two values agree in their letters and digits: then no key is asked of DuckDB, which takes its time for each column. */
function mayAgree(values: readonly CountedText[]): boolean {
  const seen = new Set(values.map(({ text }) => text.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()))
  return seen.size < values.length
}

/** True where short codes come in two cases, both frequent, again and again: then case tells them apart. */
function caseCounts(groups: readonly SpellingGroup[]): boolean {
  const short = groups.filter(({ key, spellings, rows }) => key.length <= 3 && (spellings[1]?.rows ?? 0) >= 0.2 * rows)
  return short.length >= 3 && short.length > groups.length / 2
}

function listed(groups: readonly SpellingGroup[]): string {
  const shown = groups.slice(0, 20).map(({ spellings }) => spellings.map(({ text, rows }) => `"${text}" (${rows})`).join(' = '))
  return shown.join('; ') + (groups.length > shown.length ? `; and ${groups.length - shown.length} more` : '')
}

function told(column: string, groups: readonly SpellingGroup[], what: string): Finding {
  return { kind: 'variants', column, count: groups.length, message: `In column "${column}" ${listed(groups)} ${what}.` }
}

function merged(column: string, groups: readonly SpellingGroup[]): Finding {
  const count = groups.reduce((sum, { spellings, rows }) => sum + rows - (spellings[0]?.rows ?? 0), 0)
  const kept = quoted(groups.map(({ spellings }) => spellings[0]?.text ?? ''))
  return { kind: 'variants', column, count, message: `Column "${column}": ${cells(count)} merged into ${kept}: ${listed(groups)}.` }
}

function leftOut(column: string): Finding {
  return { kind: 'variants', column, message: `Column "${column}" has more than ${MOST_VALUES.toLocaleString('en')} values; only the most frequent were compared with one another.` }
}
