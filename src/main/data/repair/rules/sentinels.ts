import { z } from 'zod'
import { numberRelation, type ColumnNumbers } from '../column-numbers.ts'
import type { RepairRule, RuleContext } from '../rule.ts'

/** Numbers that people write for "no value" in a column where they cannot be one. */
const USUAL = [-1, -9, -99, -999, -9999, -99999, -88, -888, -77, -777, -100, -200, 99, 999, 9999, 99999, 999999, 888, 8888]
/** Rows in which such a number must stand, as a share and at least. */
const SHARE = 0.001
const FEWEST = 3

/** Numbers that stand for "no value", such as -200 among measurements above 0. */
export const sentinelsRule: RepairRule = {
  id: 'sentinels',
  help: 'Finds numbers that seem to stand for "no value" (-200, 9999: far from all others, and again and again); `missing` empties them.',
  modes: ['report', 'missing', 'off'],
  looksAt: (column) => column.role === 'feature' && (column.type === 'integer' || column.type === 'decimal') && column.distinct > 2,
  async decide(ctx) {
    const found = await findSentinels(ctx, await ctx.numbers())
    if (found.length === 0) return {}
    const { name } = ctx.column
    const count = found.reduce((sum, { rows }) => sum + rows, 0)
    const done = ctx.mode === 'missing' ? 'made missing' : `kept; say columns: {${name}: {sentinels: missing}} where they mean "no value"`
    const message = `Column "${name}": ${found.map(({ value, rows }) => `${value} (${rows} rows)`).join(' and ')} may stand for "no value": ${done}.`
    const findings = [{ kind: 'sentinels', column: name, count, message }]
    return ctx.mode === 'missing' ? { findings, repairs: [{ kind: 'sentinels', rule: 'sentinels', numbers: found.map(({ value }) => value) }] } : { findings }
  },
}

/** Usual numbers for "no value" that stand in many rows and far from everything that is none of them. */
async function findSentinels(ctx: RuleContext, { values, minimum, maximum, quartiles }: ColumnNumbers): Promise<{ value: number; rows: number }[]> {
  if (minimum === null || maximum === null || quartiles === null) return []
  // A number beyond all others by half their range is a third of the whole range away from the upper quartile.
  const [, , high3] = quartiles
  const isFar = high3 === maximum || maximum - high3 > (maximum - minimum) / 3
  if (!USUAL.includes(minimum) && !(USUAL.includes(maximum) && isFar)) return []
  const relation = numberRelation(ctx.path, [{ schema: ctx.column, sqlType: ctx.sqlType }])
  const isUsual = `list_contains([${USUAL.map((value) => `${value}::DOUBLE`).join(', ')}], c0)`
  const [others] = await ctx.engine.rows(`SELECT min(c0) AS low, max(c0) AS high FROM ${relation} WHERE NOT ${isUsual}`, z.object({ low: z.number().nullable(), high: z.number().nullable() }))
  const counted = await ctx.engine.rows(`SELECT c0 AS value, count(*) AS rows FROM ${relation} WHERE ${isUsual} GROUP BY c0 ORDER BY c0`, z.object({ value: z.number(), rows: z.number() }))
  const { low = null, high = null } = others ?? {}
  if (low === null || high === null) return []
  const range = Math.max(high - low, 1e-12)
  const fewest = Math.max(FEWEST, SHARE * values)
  return counted.filter(({ value, rows }) => {
    if (rows < fewest) return false
    // Below zero where nothing else is, or far beyond all others.
    const gap = value < low ? low - value : value > high ? value - high : 0
    return (value < 0 && low >= 0 && value <= -9) || gap > Math.max(0.5 * range, 1)
  })
}
