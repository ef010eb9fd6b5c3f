import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/main/serving/csv-line.ts'

/** A strict reader of RFC 4180 records, written apart from the writer. */
function readRecord(text: string): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (text[at] === '"' && text[at + 1] === '"') cell += text[at++]
        else if (text[at] === '"') break
        else cell += text[at]
      }
      at++
    } else {
      while (text[at] !== ',' && text[at] !== '\n') cell += text[at++]
    }
    cells.push(cell)
    if (text[at] === '\n') {
      expect(at).toBe(text.length - 1)
      return cells
    }
    expect(text[at]).toBe(',')
    at++
  }
}

describe('csvLine', () => {
  it('quotes separators, quotes and line breaks, and nothing else', () => {
    expect(csvLine(['Month-to-month', 'a,b', 'say "hi"', 'two\nlines', ' padded', '<=50K'])).toBe(
      'Month-to-month,"a,b","say ""hi""","two\nlines"," padded",<=50K\n',
    )
  })

  it('leaves missing cells empty but never writes a blank line', () => {
    expect(csvLine([null, 'x', Number.NaN])).toBe(',x,\n')
    expect(csvLine([null])).toBe('""\n')
  })

  it('reads back every text exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (cells) => {
        expect(readRecord(csvLine(cells))).toEqual(cells)
      }),
    )
  })

  it('reads back every finite number exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(csvLine([value]).trim()) === value).toBe(true)
      }),
    )
  })
})
