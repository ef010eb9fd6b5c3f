import { stripVTControlCharacters } from 'node:util'

/** A column of a printed table. */
export type TableColumn = { readonly title: string; readonly align?: 'left' | 'right' }

/** Characters that a text takes on the screen, its colours not counted. */
function width(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length
}

/** A text on one line: line ends and tabs in names and values as they are written in programs. */
function oneLine(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

/** Rows under their titles, columns aligned, two spaces apart; no line ends in spaces. */
export function formatTable(columns: readonly TableColumn[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(oneLine))
  const widths = columns.map((column, i) => Math.max(width(column.title), ...rows.map((row) => width(row[i] ?? ''))))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)))
        return columns[i]?.align === 'right' ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()
  return [columns.map((column) => column.title), ...rows].map((cells) => `${line(cells)}\n`).join('')
}

/** Pairs as an aligned list, one per line. */
export function formatPairs(pairs: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...pairs.map(([name]) => width(name)))
  return pairs.map(([name, value]) => `${name}${' '.repeat(widest - width(name))}  ${value}\n`).join('')
}
