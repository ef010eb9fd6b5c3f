import type { Finding } from '../../finding.ts'
import type { CountedText } from '../column-texts.ts'
import { nearness } from '../near-spelling.ts'
import type { RepairRule } from '../rule.ts'

/** Rows of a value that others may be slips of, and how many times as many as theirs. */
const FREQUENT = 10
const TIMES = 10
/** Values that are compared with all frequent ones. */
const MOST_RARE = 5_000
const MOST_FREQUENT = 1_000

type Pair = { readonly from: CountedText; readonly to: CountedText; readonly slip: boolean }

/** Rare values that are a frequent one with a slip of the hand, as that one; what is only near is proposed. */
export const typosRule: RepairRule = {
  id: 'typos',
  help: 'Merges a rare value into a frequent one that differs by one letter left out, one too many or two exchanged; other near values are proposed.',
  modes: ['merge', 'report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && column.type === 'category' && column.role === 'feature',
  async decide(ctx) {
    const { values } = await ctx.texts()
    const pairs = findPairs(values)
    if (pairs.length === 0) return {}
    const merged = ctx.mode === 'merge' ? pairs.filter(({ slip }) => slip) : []
    const proposed = pairs.filter((pair) => !merged.includes(pair))
    const findings: Finding[] = []
    const say = (what: string, of: readonly Pair[]): Finding => ({ kind: 'typos', column: ctx.column.name, count: of.reduce((sum, { from }) => sum + from.rows, 0), message: `Column "${ctx.column.name}": ${listed(of)} ${what}.` })
    if (merged.length > 0) findings.push(say('merged: a letter left out, too many or exchanged', merged))
    if (proposed.length > 0) findings.push(say(`may be slips; say columns: {${ctx.column.name}: {replace: {…}}} to merge them`, proposed))
    if (merged.length === 0) return { findings }
    return { repairs: [{ kind: 'values', rule: 'typos', values: merged.map(({ from, to }): [string, string] => [from.text, to.text]) }], findings }
  },
}

/** Rare values with the one frequent value that each is near; those near several are left alone. */
function findPairs(values: readonly CountedText[]): readonly Pair[] {
  const frequent = values.filter(({ rows }) => rows >= FREQUENT).slice(0, MOST_FREQUENT)
  const total = values.reduce((sum, { rows }) => sum + rows, 0)
  // Values that hardly repeat are names or texts, in which a letter makes another one.
  if (frequent.length === 0 || values.length > total / 4) return []
  const byLetter = Map.groupBy(frequent, ({ text }) => text.charAt(0).toLowerCase())
  return values.slice(-MOST_RARE).flatMap((from): Pair[] => {
    const candidates = byLetter.get(from.text.charAt(0).toLowerCase()) ?? []
    const near = candidates
      .filter((to) => to.rows >= TIMES * from.rows && Math.abs(to.text.length - from.text.length) <= 2)
      .map((to) => ({ to, how: nearness(from.text, to.text) }))
      .filter(({ how }) => how !== 'far')
    const [only] = near
    return only === undefined || near.length > 1 ? [] : [{ from, to: only.to, slip: only.how === 'slip' }]
  })
}

function listed(pairs: readonly Pair[]): string {
  const shown = pairs.slice(0, 20).map(({ from, to }) => `"${from.text}" (${from.rows}) → "${to.text}" (${to.rows})`)
  return shown.join('; ') + (pairs.length > shown.length ? `; and ${pairs.length - shown.length} more` : '')
}
