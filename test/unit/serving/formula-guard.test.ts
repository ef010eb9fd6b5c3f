import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/main/serving/csv-line.ts'

describe('text that a spreadsheet would run as a formula', () => {
  it('stays exact where nothing else is asked for', () => {
    expect(csvLine(['=1+1', '-x', '@sum', '+1'])).toBe('=1+1,-x,@sum,+1\n')
  })

  it('gets an apostrophe where asked; numbers stay numbers', () => {
    expect(csvLine(['=HYPERLINK("x")', '@a', '+b', '-c', '\td', '\re'], 'guard')).toBe(`"'=HYPERLINK(""x"")",'@a,'+b,'-c,'\td,"'\re"\n`)
    expect(csvLine(['-5', '+1.5e3', '-.5', -3, 'a=b', '-1-2'], 'guard')).toBe("-5,+1.5e3,-.5,-3,a=b,'-1-2\n")
  })
})
