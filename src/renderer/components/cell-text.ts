/** Longest text that a cell, a label or a tooltip shows. */
const LONGEST = 300

// Controls, and the marks that turn the direction of writing: they can make a text look like another one.
// oxlint-disable-next-line no-control-regex
const HARMFUL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** Text from data as it may be shown: cut where it is long, with marks in place of characters that are not to be seen. */
export function cellText(text: string, longest: number = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  return cut.replaceAll(HARMFUL, '\uFFFD')
}
