import { expect, test } from 'vitest'
import { escapeText, html } from '../../../src/main/html/markup.ts'

test('texts are escaped, markup is not', () => {
  const name = '<script>alert("x")</script>'
  expect(html`<b title="${name}">${[html`<i>${name}</i>`, 3, undefined, false]}</b>`.text).toBe(
    '<b title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"><i>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</i>3</b>',
  )
})

test('characters that hide or turn text are written out', () => {
  expect(escapeText('a\u202eb\u200bc\u0000')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩')
  expect(escapeText('one\ntwo\tthree')).toBe('one\ntwo\tthree')
})
