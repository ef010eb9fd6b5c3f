import type { JsonSchema } from './json-schema.ts'

/** Label of a field from its name, e.g. `learningCurve` → "Learning curve". */
export function labelOf(name: string, { title }: JsonSchema): string {
  if (title !== undefined) return title
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** A value in one line, as a file would write it. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value === '') return '""'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** What help says of an empty field, e.g. "chosen by cross-validation" of "Id of the estimator; left out: chosen by cross-validation". */
const LEFT_OUT = /(?:^|[;,.(] *)left out: ([^;,.()]+)/i

/** What stands in an empty field: the default, or what happens without a value. */
export function placeholderOf({ default: preset, description = '' }: JsonSchema): string {
  const words = valueWords(preset)
  return words === '' || words === '[]' || words === '{}' ? (LEFT_OUT.exec(description)?.[1]?.trim() ?? '') : words
}

/** A scalar from what was typed; `""` is empty text, nothing at all is no value. */
export function parseScalar(text: string, schema: JsonSchema): string | number | boolean | undefined {
  if (text === '') return undefined
  if (text === '""') return ''
  const types = new Set([schema, ...(schema.anyOf ?? [])].flatMap(({ type }) => type ?? []))
  const number = Number(text)
  if ((types.has('number') || types.has('integer')) && text.trim() !== '' && Number.isFinite(number)) return number
  if (types.has('boolean') && (text === 'yes' || text === 'no')) return text === 'yes'
  return text
}

/** Name of an alternative, for choosing among several. */
export function alternativeWords(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title
  const type = typeof schema.type === 'string' ? schema.type : 'anything'
  const words: Readonly<Record<string, string>> = { string: 'text', number: 'a number', integer: 'a whole number', boolean: 'yes or no', array: 'a list', object: 'settings', null: 'nothing' }
  return words[type] ?? 'anything'
}
