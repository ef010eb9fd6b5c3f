/** A piece of a page that is safe to put into another: every text in it was escaped. */
export type Markup = { readonly kind: 'markup'; readonly text: string }

/** What `html` takes between its texts; `undefined` and `false` leave nothing. */
export type Fragment = Markup | string | number | undefined | false | readonly Fragment[]

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Characters that change the direction of text around them, or do not show: they are written out, so that a name cannot pose as another. */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Text as it may stand in an element or in a quoted attribute; characters that hide or turn text appear as ⟨U+200B⟩. */
export function escapeText(text: string): string {
  return text
    .replace(HIDDEN, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

function textOf(fragment: Fragment): string {
  if (fragment === undefined || fragment === false) return ''
  if (typeof fragment === 'string' || typeof fragment === 'number') return escapeText(String(fragment))
  return 'kind' in fragment ? fragment.text : fragment.map(textOf).join('')
}

/** Markup from a template: what stands between `${` and `}` is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Markup {
  return { kind: 'markup', text: parts.reduce((text, part, index) => text + textOf(values[index - 1]) + part) }
}
