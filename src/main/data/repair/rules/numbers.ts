import type { RepairOf } from '#shared/domain/repair.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Finding } from '../../finding.ts'
import { readQuantities, type Quantities } from '../read-quantities.ts'
import type { RepairRule } from '../rule.ts'
import { quoted } from '../say.ts'
import { unitKey } from '../kinds/quantity.ts'
import { conversion, type Unit } from '../units.ts'

/** Share of the rows that must read as numbers before the others are mentioned, or made missing where that is asked for. */
const MOSTLY = 0.9

/** Numbers that stand in text, "12 kg" or "approx 5": the numbers alone, where every cell holds one in the same unit. */
export const numbersRule: RepairRule = {
  id: 'numbers',
  help: 'Reads numbers out of "12 kg" or "approx 5" where every cell holds one; `missing` also where nine in ten do, and empties the others.',
  modes: ['repair', 'missing', 'report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && (column.type === 'category' || column.type === 'text') && column.role !== 'ignore',
  async decide(ctx) {
    const { values, complete } = await ctx.texts()
    const found = readQuantities(values)
    // Plain numbers are for the types of the columns to read; here something stands beside them.
    if (found.rows === 0 || found.members.length > 1 || found.coded || (!found.worded && found.unread.length === 0)) return {}
    const repair = quantityRepair('numbers', found, unitsOf(found), ctx.mode)
    const findings = unreadFindings(ctx.column, found, ctx.mode)
    if (ctx.mode === 'report' || (findings.length > 0 && ctx.mode !== 'missing') || !mostly(found)) return { findings }
    const column = asNumbers(ctx.column, found, 'numbers in text')
    return complete || (await ctx.countUnread(repair, column)) === 0 ? { repairs: [repair], column, findings } : { findings }
  },
}

/** The units of quantities in one unit: the whole family of a known one, so that "500 g" is read where all cells were in kg. */
function unitsOf(found: Quantities): [string, number, number][] {
  const [member] = found.members
  if (found.family !== undefined && member !== undefined) return familyUnits(found.family, member)
  return [...found.suffixes.keys()].flatMap((suffix): [string, number, number][] => (suffix === '' ? [['', 1, 0]] : [[suffix, 1, 0], [suffix.endsWith('s') ? suffix.slice(0, -1) : `${suffix}s`, 1, 0]]))
}

/** Every spelling of a family's units with what turns its numbers into `target`; a number alone is in `target`. */
export function familyUnits(family: readonly Unit[], target: Unit): [string, number, number][] {
  return [['', 1, 0], ...family.flatMap((member) => member.spellings.map((spelling): [string, number, number] => [unitKey(spelling), ...conversion(member, target)]))]
}

/** The repair that reads quantities in the units of `units`. */
export function quantityRepair(rule: string, found: Quantities, units: [string, number, number][], mode: string): RepairOf<'quantity'> {
  return { kind: 'quantity', rule, decimal: found.decimal, units, otherwise: mode === 'missing' ? 'missing' : 'keep' }
}

/** What a column is after its quantities became numbers. */
export function asNumbers(column: ColumnSchema, found: Quantities, what: string): ColumnSchema {
  const unit = found.members[0]?.name ?? [...found.suffixes.keys()].find((suffix) => suffix !== '')
  const { numberFormat: _, ...rest } = column
  return { ...rest, type: found.whole && found.members.length < 2 ? 'integer' : 'decimal', reason: unit === undefined ? what : `${what}, in ${unit}` }
}

/** True where most rows read as quantities. */
export function mostly(found: Quantities): boolean {
  return found.rows >= MOSTLY * (found.rows + found.unread.reduce((sum, { rows }) => sum + rows, 0))
}

/** What cells stand in the way of reading a column as numbers. */
export function unreadFindings(column: ColumnSchema, found: Quantities, mode: string): Finding[] {
  if (found.unread.length === 0 || !mostly(found)) return []
  const count = found.unread.reduce((sum, { rows }) => sum + rows, 0)
  const message = `Column "${column.name}" holds numbers in text but for ${count} ${count === 1 ? 'cell' : 'cells'} (${quoted(found.unread.map(({ text }) => text))}); ${mode === 'missing' ? 'those are missing now' : `it stays text. Correct them, or say columns: {${column.name}: {numbers: missing}}`}.`
  return [{ kind: 'numbers', column: column.name, count, message }]
}
