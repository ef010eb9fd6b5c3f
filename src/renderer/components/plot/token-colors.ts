/** Reads a custom property, e.g. `--mr-cat-1`, as it stands in the theme that is shown. */
export type ReadToken = (name: string) => string

const readToken: ReadToken = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Reads the tokens of the page as it is drawn in a scheme; the reader is another one in the other scheme, so that what depends on it is drawn anew. */
export const tokensIn: Readonly<Record<'light' | 'dark', ReadToken>> = { light: (name) => readToken(name), dark: (name) => readToken(name) }

/** Colour of an interval around a series in the colour of a token, e.g. `bandColor('cat-1')`; plotly's own colours know no tokens, so it is resolved when the plot is drawn. */
export function bandColor(token: string): string {
  return `band(--mr-${token})`
}

const TOKEN = /^(var|band)\((--mr-[a-z0-9-]+)\)$/

/** A colour with its tokens read: `var(--mr-cat-1)` or `band(--mr-cat-1)`; any other text as it is. */
export function resolveColor(text: string, read: ReadToken): string {
  const [, kind, name] = TOKEN.exec(text) ?? []
  if (kind === undefined || name === undefined) return text
  const color = read(name)
  return kind === 'var' ? color : translucent(color, Number.parseFloat(read('--mr-plot-band')) / 100)
}

/** A copy of plain data in which every colour that names a token is read; arrays of numbers are handed on as they are. */
export function resolveColors<T>(value: T, read: ReadToken): T {
  if (typeof value === 'string') return resolveColor(value, read) as T
  if (Array.isArray(value)) return (typeof value[0] === 'number' ? value : value.map((item: unknown) => resolveColors(item, read))) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveColors(item as unknown, read)])) as T
}

function translucent(hex: string, alpha: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return `rgba(${channels.join(', ')}, ${String(alpha)})`
}
