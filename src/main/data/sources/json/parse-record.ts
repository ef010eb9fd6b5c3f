/** Numbers that JavaScript would write otherwise: many digits, exponents, zeros at the end, minus zero. Texts may match too. */
const MAY_LOSE_DIGITS = /\d{15}|\.\d*0(?!\d)|\d[eE][+-]?\d|-0(?![.\d])|\d\.\d{14}/

type RawNumber = { readonly rawJSON: string }
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

/** Source text of numbers in JSON.parse and JSON.stringify (ECMAScript proposal "JSON.parse source text access", in V8 since 11.4). */
const withSource = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown
  rawJSON(text: string): RawNumber
  isRawJSON(value: unknown): value is RawNumber
}

/** The value of a JSON text; numbers that would not be written the same way again come as `RawNumber`. Throws SyntaxError. */
export function parseRecord(text: string): unknown {
  if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text)
  return withSource.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? withSource.rawJSON(source) : value,
  )
}

/** The text of a number as the file has it; undefined where the value is no number. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return withSource.isRawJSON(value) ? value.rawJSON : undefined
}

/** The text with NaN, Infinity and -Infinity, which are no JSON but what some programs write, as null; and how many there were. */
export function withoutInfinities(text: string): { readonly text: string; readonly count: number } {
  let count = 0
  const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs, (found) => {
    if (found.startsWith('"')) return found
    count++
    return 'null'
  })
  return { text: mended, count }
}
