import type { RepairRule } from '../rule.ts'

/** UTF-8 that was read as Latin-1 or Windows-1252 ("Ã©") turned back where the whole cell can be. */
export const encodingRule: RepairRule = {
  id: 'encoding',
  help: 'Turns "Ã©" back into "é": UTF-8 that was once read as Latin-1 or Windows-1252, where the whole cell can be turned back.',
  modes: ['repair', 'off'],
  looksAt: (_column, sqlType) => sqlType === 'VARCHAR',
  async decide(ctx) {
    const { values, complete } = await ctx.texts()
    if (complete && !values.some(({ text }) => /[\u00c2-\u00f4][^\0-\x7f]/.test(text))) return {}
    const repair = { kind: 'encoding', rule: 'encoding' } as const
    return (await ctx.countChanged(repair)) > 0 ? { repairs: [repair] } : {}
  },
}
