import { describe, expect, it } from 'vitest'
import { visibleText } from '../../../src/main/hosts/cli/format/visible-text.ts'

describe('text of data on a screen', () => {
  it('cannot steer the terminal or turn a line around', () => {
    expect(visibleText('a\u001b[2Jb\u0007')).toBe('a\\u{1b}[2Jb\\u{7}')
    expect(visibleText('\u202etxt.exe')).toBe('\\u{202e}txt.exe')
    expect(visibleText('\u009b31m')).toBe('\\u{9b}31m')
  })
  it('is as it is otherwise', () => {
    for (const text of ['Zoë, 数据 👩‍🔬', 'two\nlines\tand a tab', 'שלום']) expect(visibleText(text)).toBe(text)
  })
})
