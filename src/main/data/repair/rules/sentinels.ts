import type { Finding } from '../../finding.ts'
import { isUsualMark, sentinelEnds, type Sentinel } from '../../sentinel-ends.ts'
import { readEdges } from '../../sentinels.ts'
import { doubleLiteral } from '../../sql-text.ts'
import { numberRelation, type ColumnNumbers } from '../column-numbers.ts'
import type { RepairRule, RuleContext } from '../rule.ts'

/** Marks of one column that are looked for, the outermost first: -999 may stand beyond -99. */
const MOST_MARKS = 4

/** Numbers that stand for "no value", such as -200 among measurements above 0. */
export const sentinelsRule: RepairRule = {
  id: 'sentinels',
  help: 'Finds numbers that seem to stand for "no value" (-200, 9999: far from all others, and again and again); `missing` empties them.',
  modes: ['report', 'missing', 'off'],
  looksAt: (column) => column.role === 'feature' && (column.type === 'integer' || column.type === 'decimal') && column.distinct > 2,
  async decide(ctx) {
    const found = await findMarks(ctx, await ctx.numbers())
    // A number that is no usual mark, such as 0 among large ones, may be a value all the same: only `replace` empties it.
    const [marks, others] = [found.filter(({ value }) => isUsualMark(value)), found.filter(({ value }) => !isUsualMark(value))]
    const repaired = ctx.mode === 'missing' && marks.length > 0
    const { name } = ctx.column
    const findings = [
      ...told(name, marks, repaired ? 'made missing' : `kept; say columns: {${name}: {sentinels: missing}} where they mean "no value"`),
      ...told(name, others, `kept; say columns: {${name}: {replace: {"${String(others[0]?.value)}": null}}} where they mean "no value"`),
    ]
    return repaired ? { findings, repairs: [{ kind: 'sentinels', rule: 'sentinels', numbers: marks.map(({ value }) => value) }] } : { findings }
  },
}

function told(column: string, found: readonly Sentinel[], done: string): Finding[] {
  if (found.length === 0) return []
  const count = found.reduce((sum, mark) => sum + mark.count, 0)
  return [{ kind: 'sentinels', column, count, message: `Column "${column}": ${found.map((mark) => `${mark.value} (${mark.count} rows)`).join(' and ')} may stand for "no value": ${done}.` }]
}

/** The numbers of a column that may stand for "no value"; where one is found, the numbers behind it are looked at without it. */
async function findMarks(ctx: RuleContext, numbers: ColumnNumbers): Promise<Sentinel[]> {
  const { minimum, maximum } = numbers
  if (minimum === null || maximum === null || !mayHoldMarks(numbers)) return []
  const relation = numberRelation(ctx.path, [{ schema: ctx.column, sqlType: ctx.sqlType }])
  const found: Sentinel[] = []
  let edges = await readEdges(ctx.engine, relation, 'c0', minimum, maximum)
  while (edges !== undefined && found.length < MOST_MARKS) {
    const marks = sentinelEnds(edges.low, edges.high, numbers.values)
    const [mark] = marks
    if (mark === undefined) break
    found.push(...marks)
    const { low, high } = mark
    edges = low < high ? await readEdges(ctx.engine, `(SELECT c0 FROM ${relation} WHERE c0 BETWEEN ${doubleLiteral(low)} AND ${doubleLiteral(high)})`, 'c0', low, high) : undefined
  }
  return found.toSorted((a, b) => a.value - b.value)
}

/**
 * False where neither end can be a mark, going by the quartiles, so that most columns need no scan of their own: a mark is a
 * usual one, or three times as far from the others as these lie apart, or a quarter of all values.
 */
function mayHoldMarks({ minimum, maximum, quartiles }: ColumnNumbers): boolean {
  if (minimum === null || maximum === null || quartiles === null) return false
  const [low, , high] = quartiles
  const far = 0.75 * (maximum - minimum)
  return isUsualMark(minimum) || low === minimum || low - minimum > far || (isUsualMark(maximum) && maximum - high > (maximum - minimum) / 3) || high === maximum || maximum - high > far
}
