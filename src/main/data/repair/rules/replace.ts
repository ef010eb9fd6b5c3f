import type { RepairRule } from '../rule.ts'

/** Values that the user replaces by others, e.g. an abbreviation by what it stands for. */
export const replaceRule: RepairRule = {
  id: 'replace',
  help: 'Replaces values as `replace` of the column says.',
  modes: ['repair', 'off'],
  looksAt: (_column, _sqlType, wish) => wish.replace !== undefined && Object.keys(wish.replace).length > 0,
  async decide(ctx) {
    const values = Object.entries(ctx.wish.replace ?? {}).map(([from, to]): [string, string | null] => [from, to])
    const repair = { kind: 'values', rule: 'replace', values } as const
    if ((await ctx.countChanged(repair)) > 0) return { repairs: [repair] }
    const message = `In column "${ctx.column.name}" no cell is one of those to replace: ${values.slice(0, 8).map(([from]) => `"${from}"`).join(', ')}.`
    return { repairs: [repair], findings: [{ kind: 'replace', column: ctx.column.name, message }] }
  },
}
