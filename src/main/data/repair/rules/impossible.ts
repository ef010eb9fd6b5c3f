import type { ColumnSchema } from '#shared/domain/schema.ts'
import { countOutside } from '../column-numbers.ts'
import type { RepairRule } from '../rule.ts'
import { cells } from '../say.ts'

/** What cannot be, by what a column is named and what it holds. */
type Bounds = { readonly min: number | null; readonly max: number | null; readonly what: string }

const YEAR_1900 = Date.UTC(1900, 0, 1)
const YEAR_2100 = Date.UTC(2100, 0, 1)

/**
 * Values that cannot be: ages below 0 or above 130, shares in percent outside 0 to 100, counts below 0, dates before 1900 or
 * from 2100 on. Names of columns are hints, so this is reported unless it is asked for.
 */
export const impossibleRule: RepairRule = {
  id: 'impossible',
  help: 'Finds values that cannot be (ages below 0 or above 130, percent outside 0 to 100, dates before 1900 or from 2100 on); `missing` empties them.',
  modes: ['report', 'missing', 'off'],
  looksAt: (column) => column.role === 'feature' && boundsFor(column) !== undefined,
  async decide(ctx) {
    const bounds = boundsFor(ctx.column)
    const { minimum, maximum } = await ctx.numbers()
    if (bounds === undefined || minimum === null || maximum === null) return {}
    if ((bounds.min === null || minimum >= bounds.min) && (bounds.max === null || maximum <= bounds.max)) return {}
    const count = await countOutside(ctx.engine, ctx.path, { schema: ctx.column, sqlType: ctx.sqlType }, bounds.min, bounds.max)
    const { name } = ctx.column
    const done = ctx.mode === 'missing' ? 'made missing' : `kept; say columns: {${name}: {impossible: missing}} to empty them`
    const findings = [{ kind: 'impossible', column: name, count, message: `Column "${name}": ${cells(count)} ${bounds.what}; ${done}.` }]
    if (ctx.mode !== 'missing') return { findings }
    return { findings, repairs: [{ kind: 'bounds', rule: 'impossible', min: bounds.min, max: bounds.max, outside: 'missing' }] }
  },
}

function boundsFor({ name, type }: ColumnSchema): Bounds | undefined {
  if (type === 'datetime') return { min: YEAR_1900, max: YEAR_2100 - 1, what: 'before 1900 or from 2100 on' }
  if (type !== 'integer' && type !== 'decimal') return undefined
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z%]+/)
  const has = (...wanted: string[]): boolean => wanted.some((word) => words.includes(word))
  const change = has('change', 'growth', 'delta', 'diff', 'difference', 'increase', 'return', 'log', 'scaled', 'score')
  if (change) return undefined
  if (has('age', 'alter', 'edad')) return { min: 0, max: 130, what: 'below 0 or above 130, which no age is' }
  if (has('percent', 'percentage', 'pct', '%')) return { min: 0, max: 100, what: 'below 0 or above 100 percent' }
  if (has('count', 'quantity', 'qty')) return { min: 0, max: null, what: 'below 0, which no count is' }
  return undefined
}
