import type { RepairOf } from '#shared/domain/repair.ts'
import type { CountedText } from '../column-texts.ts'
import { dateShape, type DateShape } from '../date-shapes.ts'
import type { Decision, RepairRule, RuleContext } from '../rule.ts'
import { quoted } from '../say.ts'

/** Share of the rows that must read as dates before the others are mentioned, or made missing where that is asked for. */
const MOSTLY = 0.9

type Dates = { readonly shapes: readonly DateShape[]; readonly unread: readonly CountedText[]; readonly rows: number }

/** Dates in several formats, with two-digit years or as a spreadsheet's numbers, all in one format. */
export const datesRule: RepairRule = {
  id: 'dates',
  help: 'Writes dates of several formats in one, spreadsheet day numbers among them; day or month first is decided over the column, or by `dateOrder` of the column.',
  modes: ['repair', 'report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && (column.type === 'category' || column.type === 'text') && column.role !== 'ignore',
  async decide(ctx) {
    const { values } = await ctx.texts()
    const dates = readDates(values)
    const total = values.reduce((sum, { rows }) => sum + rows, 0)
    const real = dates.shapes.some(({ kind }) => kind !== 'serial')
    if (!real || dates.rows < MOSTLY * total) return {}
    if (dates.unread.length > 0) return finding(ctx, `is dates but for ${quoted(dates.unread.map(({ text }) => text))}; it stays text.`)
    const order = dayFirst(dates.shapes, ctx.wish.dateOrder)
    if (order === 'both') return finding(ctx, 'holds dates of which some can only be day/month and others only month/day; it stays text.')
    if (order === 'open') return finding(ctx, `holds dates that read as day/month and as month/day; say columns: {${ctx.column.name}: {dateOrder: day-first}}, or month-first.`)
    const repair = repairFor(dates.shapes, order === 'day-first')
    if (ctx.mode === 'report') return finding(ctx, `holds dates in several formats: ${repair.formats.join(', ')}${repair.serials ? ', day numbers' : ''}.`)
    const column = { ...ctx.column, type: 'datetime' as const, format: repair.output, reason: 'dates, all in one format' }
    if ((await ctx.countUnread(repair, column)) > 0) return finding(ctx, 'is dates but for some cells that no calendar has; it stays text.')
    return { repairs: [repair], column }
  },
}

function finding(ctx: RuleContext, what: string): Decision {
  return { findings: [{ kind: 'dates', column: ctx.column.name, message: `Column "${ctx.column.name}" ${what}` }] }
}

function readDates(values: readonly CountedText[]): Dates {
  const read = values.map((value) => ({ value, shape: dateShape(value.text) }))
  const shapes = read.flatMap(({ shape }) => shape ?? [])
  return { shapes, unread: read.filter(({ shape }) => shape === undefined).map(({ value }) => value), rows: read.reduce((sum, { value, shape }) => sum + (shape === undefined ? 0 : value.rows), 0) }
}

function dayFirst(shapes: readonly DateShape[], wish: 'day-first' | 'month-first' | undefined): 'day-first' | 'month-first' | 'both' | 'open' {
  const numeric = shapes.flatMap((shape) => (shape.kind === 'day-or-month' ? [shape] : []))
  const [day, month] = [numeric.some(({ first }) => first > 12), numeric.some(({ second }) => second > 12)]
  if (day && month) return 'both'
  if (day || numeric.length === 0) return 'day-first'
  return month ? 'month-first' : (wish ?? 'open')
}

/** Short years come before long ones: "%Y" would read the year 21 in "5/6/21". */
function repairFor(shapes: readonly DateShape[], first: boolean): RepairOf<'dates'> {
  const formats = new Set(
    shapes.flatMap((shape) => {
      if (shape.kind === 'serial') return []
      if (shape.kind === 'format') return [shape.format]
      const [a, b] = first ? ['%d', '%m'] : ['%m', '%d']
      return [`${a}${shape.separator}${b}${shape.separator}${shape.shortYear ? '%y' : '%Y'}${shape.tail}`]
    }),
  )
  const years = shapes.flatMap((shape) => (shape.kind === 'serial' || shape.year === undefined ? [] : [shape.year]))
  const timed = shapes.some((shape) => shape.kind !== 'serial' && shape.timed)
  return {
    kind: 'dates',
    rule: 'dates',
    formats: [...formats].toSorted((a, b) => Number(b.includes('%y')) - Number(a.includes('%y')) || (a < b ? -1 : 1)),
    output: timed ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d',
    serials: shapes.some(({ kind }) => kind === 'serial'),
    latestYear: years.length === 0 ? null : years.reduce((a, b) => Math.max(a, b)),
  }
}
