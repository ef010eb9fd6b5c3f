/**
 * A line whose cells are set apart by runs of white space, as the same cells set apart by tabs. A run has `least`
 * characters or more; white space at both ends of the line means nothing. Cells in quotes stay as they are.
 */
export function squeezeSpaces(line: string, quote: string, least: 1 | 2): string {
  const text = line.trim()
  const run = least === 1 ? /[ \t]+/g : /[ ]{2,}|[ ]*\t[ ]*/g
  if (quote === '' || !text.includes(quote)) return text.replaceAll(run, '\t')
  let out = ''
  for (let at = 0; at < text.length; ) {
    const opens = text[at] === quote && (at === 0 || /[ \t]/.test(text[at - 1] ?? ''))
    const closing = opens ? text.indexOf(quote, at + 1) : -1
    const until = closing >= 0 ? closing + 1 : nextOpening(text, at + 1, quote)
    const part = text.slice(at, until)
    out += closing >= 0 ? part : part.replaceAll(run, '\t')
    at = until
  }
  return out
}

/** Position of the next quote behind white space, or the end. */
function nextOpening(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) if (/[ \t]/.test(text[at - 1] ?? '')) return at
  return text.length
}
