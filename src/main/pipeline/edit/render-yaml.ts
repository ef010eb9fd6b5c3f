import { Document, parseDocument, Scalar } from 'yaml'

type Style = 'flow' | 'block'

/** Widest collection that is written on one line. */
const oneLine = 72

/** Words that other YAML readers take for truth values. */
const truthWords = /^(y|n|yes|no|on|off)$/i

/** A value on one line, as it may stand between brackets; texts of several lines are quoted. */
export function renderFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`
  if (isRecord(value)) {
    const pairs = Object.entries(value).map(([key, member]) => `${renderFlow(key)}: ${renderFlow(member)}`)
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  return typeof value === 'string' ? renderText(value, 'flow') : renderScalar(value)
}

/**
 * `key: value` as lines without indentation, the further lines of it indented by two more; `key` is YAML already. `quote` keeps
 * the quotes that a text had before.
 */
export function renderPair(key: string, value: unknown, quote?: Scalar.Type | null): string[] {
  if (typeof value === 'string') {
    if (!value.includes('\n')) return [`${key}: ${renderText(value, 'block', quote)}`]
    const [, ...lines] = new Document({ k: value }).toString({ lineWidth: 0 }).trimEnd().split('\n')
    const [head] = new Document({ k: value }).toString({ lineWidth: 0 }).split('\n')
    return [`${key}${head?.slice(1) ?? ':'}`, ...lines]
  }
  const line = `${key}: ${renderFlow(value)}`
  const isListOfMappings = Array.isArray(value) && value.some(isRecord)
  if (line.length <= oneLine && !isListOfMappings && !holdsLines(value)) return [line]
  if (Array.isArray(value)) return [`${key}:`, ...value.flatMap((item) => indented(renderItem(item)))]
  if (isRecord(value)) return [`${key}:`, ...Object.entries(value).flatMap(([name, member]) => indented(renderPair(renderText(name, 'block'), member)))]
  return [line]
}

/** `- item` as lines without indentation; a mapping has one line per key. */
export function renderItem(item: unknown): string[] {
  if (!isRecord(item) || Object.keys(item).length === 0) return [`- ${renderFlow(item)}`]
  const lines = Object.entries(item).flatMap(([name, member]) => renderPair(renderText(name, 'block'), member))
  return lines.map((line, index) => (index === 0 ? `- ${line}` : line === '' ? '' : `  ${line}`))
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

function renderScalar(value: unknown): string {
  return new Document(value).toString({ lineWidth: 0 }).trimEnd()
}

/** Plain where it reads back as the same text, else in quotes. */
function renderText(text: string, style: Style, quote?: Scalar.Type | null): string {
  if (quote === Scalar.QUOTE_SINGLE && /^[^'\p{C}]*$/u.test(text)) return `'${text}'`
  const plain = quote !== Scalar.QUOTE_DOUBLE && /^\S(.*\S)?$/u.test(text) && !truthWords.test(text) && !/[\p{C}\u2028\u2029]/u.test(text)
  if (plain && readsBack(text, style)) return text
  return JSON.stringify(text).replaceAll(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** True where a text without quotes is read as that very text, as a value and as a key. */
function readsBack(text: string, style: Style): boolean {
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text)) return false
  const asValue = parseDocument(style === 'flow' ? `{ k: ${text} }` : `k: ${text}`, { prettyErrors: false })
  const asKey = parseDocument(`{ ${text}: 1 }`, { prettyErrors: false, stringKeys: true })
  if ([asValue, asKey].some(({ errors, warnings, comment }) => errors.length > 0 || warnings.length > 0 || comment !== null)) return false
  const value: unknown = asValue.toJS()
  return isRecord(value) && value['k'] === text && Object.keys(value).length === 1 && isRecord(asKey.toJS()) && Object.hasOwn(asKey.toJS() as object, text)
}

function holdsLines(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n')
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsLines)
}

/** True for a plain mapping. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
