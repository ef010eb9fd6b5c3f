/** Characters that end a line, steer a terminal or turn the direction of text. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** What strangers wrote, as a part of one line of a log: short, and without characters that would make it look like other lines. */
export function oneLine(text: string, longest = 300): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  return cut.replaceAll(STEERING, ' ')
}
