/** One record of a delimited text: its fields, and the 0-based line on which it starts and the next one would start. */
export type TextRecord = {
  readonly fields: readonly string[]
  /** Per field, true where it stood in quotes, properly closed. */
  readonly quoted: readonly boolean[]
  /** Fields with more text after their closing quote. */
  readonly brokenQuotes: number
  readonly line: number
  readonly nextLine: number
}

/** How fields are marked off. */
export type Separators = {
  readonly delimiter: string
  /** '' means no quoting. */
  readonly quote: string
  /** What stands before a quote inside quotes; the quote itself if not said. */
  readonly escape?: string
}

/**
 * Records of a text, empty lines left out, at most `limit`. Quotes count only at the start of a field; inside, a doubled
 * quote (or one behind the escape character) is a quote. A record that `text` cuts off is left out when `cut` is true. Null where a quote is never closed.
 */
export function splitRecords(text: string, { delimiter, quote, escape = quote }: Separators, options: { limit: number; cut: boolean }): TextRecord[] | null {
  const records: TextRecord[] = []
  let position = 0
  let line = 0
  while (position < text.length && records.length < options.limit) {
    const start = line
    const fields: string[] = []
    const quoted: boolean[] = []
    let brokenQuotes = 0
    let ended = false
    while (!ended) {
      const opening = quote === '' ? -1 : quoteAt(text, position, quote)
      let value: string
      if (opening >= 0) {
        const closing = closingQuote(text, opening + 1, quote, escape)
        if (closing < 0) return options.cut && records.length > 0 ? records : null
        value = unescaped(text.slice(opening + 1, closing), quote, escape)
        line += lineBreaks(value)
        position = closing + 1
        const rest = fieldEnd(text, position, delimiter)
        const after = text.slice(position, rest).trimEnd()
        if (after !== '') brokenQuotes++
        quoted.push(after === '')
        value += after
        position = rest
      } else {
        const rest = fieldEnd(text, position, delimiter)
        value = text.slice(position, rest)
        position = rest
        quoted.push(false)
      }
      fields.push(value)
      if (position >= text.length) {
        if (options.cut) return records
        ended = true
      } else if (text[position] === delimiter) {
        position++
        if (position >= text.length && !options.cut) {
          fields.push('')
          quoted.push(false)
          ended = true
        }
      } else {
        position += text[position] === '\r' && text[position + 1] === '\n' ? 2 : 1
        line++
        ended = true
      }
    }
    if (fields.length > 1 || fields[0] !== '' || quoted[0] === true) records.push({ fields, quoted, brokenQuotes, line: start, nextLine: line })
  }
  return records
}

/** Position of an opening quote at the start of a field (spaces before it allowed), or −1. */
function quoteAt(text: string, position: number, quote: string): number {
  let at = position
  while (text[at] === ' ') at++
  return text[at] === quote ? at : -1
}

function closingQuote(text: string, from: number, quote: string, escape: string): number {
  if (escape !== quote) {
    for (let at = from; at < text.length; at++) {
      if (text[at] === escape) at++
      else if (text[at] === quote) return at
    }
    return -1
  }
  for (let at = from; ; at += 2) {
    at = text.indexOf(quote, at)
    if (at < 0 || text[at + 1] !== quote) return at
  }
}

function unescaped(value: string, quote: string, escape: string): string {
  if (escape === quote) return value.replaceAll(quote + quote, quote)
  let text = ''
  for (let at = 0; at < value.length; at++) text += value[at] === escape ? (value[++at] ?? '') : value[at]
  return text
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length) {
    const character = text[at]
    if (character === delimiter || character === '\n' || character === '\r') return at
    at++
  }
  return at
}

function lineBreaks(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1
}
