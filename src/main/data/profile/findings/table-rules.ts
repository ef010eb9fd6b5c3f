import type { ProfileFinding } from '#shared/domain/profile.ts'
import { dayText } from '../read-dates.ts'
import { countOf, figure, percent, quoted, type FindingRule } from './gathered.ts'

/** |ρ| from which two columns say nearly the same. */
const NEARLY_SAME = 0.98
const MOST_PAIRS = 10

const repeatedRows: FindingRule = ({ repeatedRows: count, rows, columns }) => {
  if (count === null || count === 0) return []
  const share = count / rows
  const keyed = columns.some(({ role }) => role === 'identifier')
  return [
    {
      kind: 'repeated-rows',
      severity: keyed || share >= 0.01 ? 'warning' : 'info',
      columns: [],
      message: `${countOf(count, 'row')} (${percent(share)}) ${count === 1 ? 'repeats' : 'repeat'} an earlier row in every column.`,
      advice: keyed ? 'With a key among the columns they are copies: prepare/clean removes them.' : 'They may be different cases that agree. Copies on both sides of a split make a model look better than it is.',
      figures: { rows: count, share },
    },
  ]
}

const twins: FindingRule = ({ twins: found, target }) =>
  found.map(({ first, second, how, slope, intercept }): ProfileFinding => {
    const leak = target !== null && (first === target.name || second === target.name)
    const words = {
      same: `Columns ${quoted(first)} and ${quoted(second)} hold the same cells in every row.`,
      linear: `Column ${quoted(second)} is ${figure(slope ?? 1)} × ${quoted(first)}${(intercept ?? 0) === 0 ? '' : ` ${(intercept ?? 0) < 0 ? '−' : '+'} ${figure(Math.abs(intercept ?? 0))}`} in every row.`,
      renamed: `Columns ${quoted(first)} and ${quoted(second)} say the same by different names: each value of one goes with one value of the other.`,
    }
    const kind = leak ? 'target-leak' : 'duplicate-columns'
    const other = first === target?.name ? second : first
    const advice = leak ? `Drop ${quoted(other)}: it is the target under another name.` : 'One of them is enough: drop the other.'
    return { kind, severity: leak ? 'danger' : 'warning', columns: leak ? [other] : [first, second], message: words[how], advice, figures: { how } }
  })

const twinsLeft: FindingRule = ({ twinsLeft: left }) =>
  left === 0
    ? []
    : [
        {
          kind: 'columns-not-compared',
          severity: 'info',
          columns: [],
          message: `${countOf(left, 'column')} ${left === 1 ? 'was' : 'were'} not compared with every other that may be alike: there are too many pairs.`,
          advice: 'Further repeated columns may be among them; profile fewer columns to look there.',
          figures: { columns: left },
        },
      ]

const nearlySame: FindingRule = ({ associations, twins: known, target }) => {
  if (associations === null) return []
  const { columns, association, pearson } = associations
  const leaking = known.filter(({ first, second }) => first === target?.name || second === target?.name).flatMap(({ first, second }) => [first, second])
  const pairs = columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b, k) => {
      const [rho, r] = [association[i]?.[i + 1 + k] ?? 0, pearson[i]?.[i + 1 + k] ?? null]
      const told = known.some(({ first, second }) => [first, second].includes(a) && [first, second].includes(b))
      return r !== null && !told && a !== target?.name && b !== target?.name && !leaking.includes(a) && !leaking.includes(b) && Math.abs(rho) >= NEARLY_SAME && Math.abs(r) >= NEARLY_SAME ? [{ a, b, rho }] : []
    }),
  )
  return pairs
    .toSorted((x, y) => Math.abs(y.rho) - Math.abs(x.rho))
    .slice(0, MOST_PAIRS)
    .map(({ a, b, rho }): ProfileFinding => ({
      kind: 'correlated-columns',
      severity: 'info',
      columns: [a, b],
      message: `Columns ${quoted(a)} and ${quoted(b)} rise and fall together (Spearman's ρ ${figure(rho)}).`,
      advice: 'For explanations keep one of them; for predictions both do no harm.',
      figures: { rho },
    }))
}

const overlap: FindingRule = ({ overlap: found }) => {
  if (found === null) return []
  const { rows, shared, groups, time } = found
  const findings: ProfileFinding[] = []
  if (shared > 0) {
    findings.push({ kind: 'train-test-overlap', severity: shared / rows >= 0.01 ? 'danger' : 'warning', columns: [], message: `${countOf(shared, 'row')} of the other dataset (${percent(shared / rows)}) ${shared === 1 ? 'stands' : 'stand'} in this one too, in every common column.`, advice: 'Scores on rows that were learnt are too good: remove them from one side.', figures: { shared, rows } })
  }
  if (groups !== null && groups.shared > 0) {
    findings.push({ kind: 'group-overlap', severity: 'danger', columns: [groups.column], message: `${countOf(groups.shared, 'value')} of ${quoted(groups.column)} ${groups.shared === 1 ? 'stands' : 'stand'} on both sides, of ${String(groups.there)} in the other dataset.`, advice: 'Split by this column, so that what belongs together stays on one side.', figures: { shared: groups.shared, there: groups.there } })
  }
  if (time !== null && time.rowsBefore > 0) {
    findings.push({ kind: 'time-overlap', severity: 'warning', columns: [time.column], message: `${countOf(time.rowsBefore, 'row')} of the other dataset lie${time.rowsBefore === 1 ? 's' : ''} before ${dayText(time.lastHere)}, the last ${quoted(time.column)} here.`, advice: 'To judge how a model will do in the future, test on rows later than all it learnt from.', figures: { rows: time.rowsBefore } })
  }
  return findings
}

/** What the table as a whole says. */
export const tableRules: readonly FindingRule[] = [repeatedRows, twins, twinsLeft, nearlySame, overlap]
