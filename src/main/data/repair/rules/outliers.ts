import { countOutside, type ColumnNumbers } from '../column-numbers.ts'
import type { OutlierFence, RepairRule } from '../rule.ts'
import { cells } from '../say.ts'

/** Values below which numbers are kinds of things and not amounts. */
const FEWEST_DISTINCT = 11

/**
 * Numbers far from the others. They are told by the quartiles (Tukey's fences: quartile ± width × interquartile range, width
 * 3 if not said) or by robust z-scores (0.6745 × distance from the median / median distance, 3.5 if not said: Iglewicz and
 * Hoaglin 1993). Those bounds are learnt from all rows, later test rows among them, so cells change only when asked for.
 */
export const outliersRule: RepairRule = {
  id: 'outliers',
  help: 'Finds numbers far from the others by quartiles or robust z-scores; `clip` sets them to the bound, `missing` empties them. The bounds are learnt from all rows.',
  modes: ['report', 'clip', 'missing', 'off'],
  looksAt: (column) => column.role === 'feature' && (column.type === 'integer' || column.type === 'decimal') && column.distinct >= FEWEST_DISTINCT,
  async decide(ctx) {
    const numbers = await ctx.numbers()
    const bounds = fence(numbers, ctx.fence)
    if (bounds === undefined) return {}
    const [min, max] = ctx.column.type === 'integer' ? [Math.floor(bounds[0]), Math.ceil(bounds[1])] : bounds
    if ((numbers.minimum ?? min) >= min && (numbers.maximum ?? max) <= max) return {}
    const count = await countOutside(ctx.engine, ctx.path, { schema: ctx.column, sqlType: ctx.sqlType }, min, max)
    if (count === 0) return {}
    const { name } = ctx.column
    const where = `outside ${short(min)} to ${short(max)}`
    const done =
      ctx.mode === 'report'
        ? `kept; say columns: {${name}: {outliers: clip}} to change them`
        : `${ctx.mode === 'clip' ? 'clipped' : 'made missing'}; these bounds were learnt from all rows, those that are held out later too`
    const findings = [{ kind: 'outliers', column: name, count, message: `Column "${name}": ${cells(count)} far from the others (${where}): ${done}.` }]
    if (ctx.mode === 'report') return { findings }
    return { findings, repairs: [{ kind: 'bounds', rule: 'outliers', min, max, outside: ctx.mode === 'clip' ? 'clip' : 'missing' }] }
  },
}

/** The bounds outside which numbers are far from the others; undefined where half of them are alike, which says nothing. */
function fence({ quartiles, spread }: ColumnNumbers, { method, width }: OutlierFence): readonly [number, number] | undefined {
  if (quartiles === null) return undefined
  const [low, middle, high] = quartiles
  if (method === 'iqr') return high > low ? [low - (width ?? 3) * (high - low), high + (width ?? 3) * (high - low)] : undefined
  if (spread === null || spread <= 0) return undefined
  const reach = ((width ?? 3.5) * spread) / 0.6745
  return [middle - reach, middle + reach]
}

function short(value: number): string {
  return Number(value.toPrecision(6)).toString()
}
