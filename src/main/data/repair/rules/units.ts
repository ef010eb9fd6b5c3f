import type { Finding } from '../../finding.ts'
import { readQuantities } from '../read-quantities.ts'
import type { RepairRule } from '../rule.ts'
import { cells, quoted } from '../say.ts'
import { findUnit } from '../units.ts'
import { asNumbers, familyUnits, mostly, quantityRepair, unreadFindings } from './numbers.ts'

/** Quantities of one kind in several units ("70 kg", "70000 g"), all in the most frequent one. */
export const unitsRule: RepairRule = {
  id: 'units',
  help: 'Converts quantities in several units to the most frequent one, or the one that `unit` of the column says; the cells name their units.',
  modes: ['repair', 'missing', 'report', 'off'],
  looksAt: (column, sqlType) => sqlType === 'VARCHAR' && column.type !== 'datetime' && column.type !== 'boolean' && column.role !== 'ignore',
  async decide(ctx) {
    const { values, complete } = await ctx.texts()
    const found = readQuantities(values)
    const wanted = ctx.wish.unit === undefined ? undefined : findUnit(ctx.wish.unit)
    const target = wanted !== undefined && wanted.family === found.family ? wanted.member : found.members[0]
    if (found.family === undefined || target === undefined) return {}
    if (found.members.length < 2 && found.members[0] === target) return {}
    const repair = quantityRepair('units', found, familyUnits(found.family, target), ctx.mode)
    const names = found.members.map(({ name }) => name)
    const bare = found.suffixes.get('') ?? 0
    const findings: Finding[] = unreadFindings(ctx.column, found, ctx.mode)
    const say = (message: string): Finding => ({ kind: 'units', column: ctx.column.name, count: found.rows, message: `Column "${ctx.column.name}" ${message}` })
    if (ctx.mode === 'report') return { findings: [...findings, say(`holds several units: ${quoted(names)}.`)] }
    if ((findings.length > 0 && ctx.mode !== 'missing') || !mostly(found)) return { findings }
    const column = asNumbers(ctx.column, { ...found, members: [target], whole: false }, 'quantities')
    if (!complete && (await ctx.countUnread(repair, column)) > 0) return { findings }
    const assumed = bare === 0 ? '' : `; ${cells(bare)} without a unit taken as ${target.name}`
    return {
      repairs: [repair],
      column,
      findings: [say(`holds several units (${quoted(names)}): all in ${target.name} now${assumed}.`)],
    }
  },
}
