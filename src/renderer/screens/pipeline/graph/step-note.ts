/** Parameters whose value says by itself what it is. */
const plain = new Set(['path', 'name', 'estimator', 'preset', 'column', 'group', 'time'])
const longest = 40

/** A few words about what a step does, from the parameters that its text gives; nothing where it gives none. */
export function stepNote(params: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(params).flatMap(([name, value]) => {
    const said = inWords(name, value)
    return said === '' ? [] : [said]
  })
  const text = words.slice(0, 2).join(' · ')
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

function inWords(name: string, value: unknown): string {
  if (typeof value === 'string') return plain.has(name) ? lastPart(value) : name === 'query' ? firstLine(value) : `${name} ${firstLine(value)}`
  if (typeof value === 'number') return `${name} ${String(value)}`
  if (typeof value === 'boolean') return value ? name : `no ${name}`
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string' && plain.has(name) ? lastPart(value[0]) : `${name} ${String(value.length)}`
  if (value !== null && typeof value === 'object') return `${name} ${String(Object.keys(value).length)}`
  return ''
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
