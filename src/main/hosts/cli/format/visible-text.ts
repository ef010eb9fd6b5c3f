/** Characters that steer a terminal, and those that turn the direction of text; line ends and tabs are none of them. */
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text that comes from data as a screen may show it: what would steer the terminal or turn the line around is written out, as in `\u{1b}`. */
export function visibleText(text: string): string {
  return text.replaceAll(STEERING, (character) => (/[\t\n\r]/.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`))
}
