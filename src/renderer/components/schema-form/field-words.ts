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

/** What stands in an empty field: the default, where there is one. */
export function placeholderOf({ default: preset }: JsonSchema): string {
  const words = valueWords(preset)
  return words === '' || words === '[]' || words === '{}' ? '' : words
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
