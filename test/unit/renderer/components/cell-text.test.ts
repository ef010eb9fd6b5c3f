import { expect, test } from 'vitest'
import { cellText } from '../../../../src/renderer/components/cell-text.ts'
import { toCsv } from '../../../../src/renderer/components/csv.ts'
import { harmlessLayout, harmlessTrace, plotText } from '../../../../src/renderer/components/plot/plot-text.ts'
import { fileName } from '../../../../src/renderer/components/save-file.ts'

test('long texts are cut and marks that turn the writing are shown as unknown characters', () => {
  expect(cellText('x'.repeat(1_000_000))).toBe(`${'x'.repeat(299)}…`)
  expect(cellText('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe')
  expect(cellText('a\u0000b\u2066c')).toBe('a\uFFFDb\uFFFDc')
  expect(cellText('Zürich\n東京')).toBe('Zürich\n東京')
})

test('plots take no markup from data', () => {
  expect(plotText('<a href="javascript:alert(1)">x</a> & y')).toBe('&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt; &amp; y')
  const numbers = new Float64Array([1, 2])
  const trace = harmlessTrace({ type: 'bar', name: '<b>all</b>', x: ['<script>', 'x'.repeat(100)], y: numbers, hovertemplate: '%{x}<br>' })
  expect(trace).toEqual({ type: 'bar', name: '&lt;b&gt;all&lt;/b&gt;', x: ['&lt;script&gt;', `${'x'.repeat(27)}…`], y: numbers, hovertemplate: '%{x}<br>' })
  expect(trace.y).toBe(numbers)
})

test('titles, ticks and notes of plots take no markup from data, and what is none stays as it is', () => {
  const tickvals = new Float64Array([0, 1])
  const layout = harmlessLayout({
    height: 190,
    xaxis: { title: { text: '<a href="https://x.example">age</a>' }, tickvals, ticktext: ['<b>x</b>', 'y'.repeat(100)], range: [0, 1] },
    annotations: [{ text: 'mean \u202E<i>3</i>', font: { size: 11 } }],
  })
  expect(layout).toEqual({
    height: 190,
    xaxis: { title: { text: '&lt;a href="https://x.example"&gt;age&lt;/a&gt;' }, tickvals, ticktext: ['&lt;b&gt;x&lt;/b&gt;', `${'y'.repeat(27)}…`], range: [0, 1] },
    annotations: [{ text: 'mean \uFFFD&lt;i&gt;3&lt;/i&gt;', font: { size: 11 } }],
  })
  expect(layout.xaxis.tickvals).toBe(tickvals)
})

test('CSV quotes what must be quoted and defuses what a spreadsheet would run', () => {
  const csv = toCsv([
    { name: 'name', values: ['a,b', 'say "x"', '=cmd|evil', '@x', '-5', '+x', null] },
    { name: 'score', values: new Float64Array([0.5, Number.NaN, -1, 1e-7]) },
  ])
  expect(csv).toBe(['name,score', '"a,b",0.5', '"say ""x""",', "'=cmd|evil,-1", "'@x,1e-7", '-5,', "'+x,", ',', ''].join('\r\n'))
})

test('files are named by their words', () => {
  expect(fileName('Sensitivity by false positive rate (r0003)')).toBe('sensitivity-by-false-positive-rate-r0003')
  expect(fileName('../..')).toBe('millrace')
})
