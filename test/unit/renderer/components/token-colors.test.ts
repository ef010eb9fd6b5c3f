import { expect, test } from 'vitest'
import { plotTemplate } from '../../../../src/renderer/components/plot/plot-template.ts'
import { bandColor, resolveColors } from '../../../../src/renderer/components/plot/token-colors.ts'

const tokens: Readonly<Record<string, string>> = { '--mr-cat-1': '#0067a8', '--mr-plot-band': '16%' }
const read = (name: string): string => tokens[name] ?? '#000000'

test('colours that name tokens are read wherever they stand; numbers and other texts stay', () => {
  const x = [1, 2, 3]
  const read1 = resolveColors({ line: { color: 'var(--mr-cat-1)' }, fillcolor: bandColor('cat-1'), marker: { color: ['var(--mr-cat-1)', 'red'] }, x, name: 'var' }, read)
  expect(read1).toEqual({ line: { color: '#0067a8' }, fillcolor: 'rgba(0, 103, 168, 0.16)', marker: { color: ['#0067a8', 'red'] }, x, name: 'var' })
  expect(read1.x).toBe(x)
})

test('the template holds colours that plotly can read', () => {
  const text = JSON.stringify(plotTemplate(read, 'fitting'))
  expect(text).toContain('"#0067a8"')
  expect(text).not.toContain('var(')
})
