/** Format characters that can be seen: signs before Arabic, Syriac and Kaithi numbers. */
const SEEN = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u

/**
 * A name without characters that nobody sees: zero-width characters, marks that turn the direction of text, control
 * characters; other white space than line ends becomes a blank. Joiners stay where they shape the letters beside them.
 */
export function visibleName(name: string): { readonly name: string; /** Those that were left out, as U+200B. */ readonly hidden: readonly string[] } {
  const hidden = new Set<string>()
  const plain = name.replaceAll(/[\p{Cf}\p{Cc}]/gu, (character, at: number) => {
    if (/[\t\n\r]/.test(character) || SEEN.test(character)) return character
    if (/[\u200c\u200d]/.test(character) && isBetweenShapes(name, at)) return character
    hidden.add(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    return ''
  })
  return { name: plain.replaceAll(/\p{Zs}/gu, ' ').trim(), hidden: [...hidden] }
}

/** True where a joiner stands between letters that join (Arabic, Indic and the like) or between pictures. */
function isBetweenShapes(name: string, at: number): boolean {
  const joins = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u
  const before = Array.from(name.slice(0, at)).at(-1) ?? ''
  const after = String.fromCodePoint(name.codePointAt(at + 1) ?? 32)
  return joins.test(before) && joins.test(after)
}
