import type { RepairRule } from '../rule.ts'

/** Invisible characters removed, odd spaces made plain, letters composed: what looks the same then is the same. */
export const charactersRule: RepairRule = {
  id: 'characters',
  help: 'Removes control, zero-width and directional characters, makes odd spaces plain, composes accented letters (Unicode NFC).',
  modes: ['repair', 'off'],
  looksAt: (_column, sqlType) => sqlType === 'VARCHAR',
  async decide(ctx) {
    const { values, complete } = await ctx.texts()
    if (complete && !values.some(({ text }) => /[^\t\n\r -~]/.test(text))) return {}
    const repair = { kind: 'characters', rule: 'characters' } as const
    return (await ctx.countChanged(repair)) > 0 ? { repairs: [repair] } : {}
  },
}
