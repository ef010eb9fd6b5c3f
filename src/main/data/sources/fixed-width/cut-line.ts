import type { FixedColumns } from './find-columns.ts'

/** The cells of a line, without the blanks around them; undefined where text stands between the columns. */
export function cutLine(line: string, columns: FixedColumns): readonly string[] | undefined {
  const characters = Array.from(line.trimEnd())
  let behind = 0
  for (const { from, to } of columns) {
    if (!blank(characters, behind, from)) return undefined
    behind = to
  }
  return columns.map(({ from, to }, index) => characters.slice(from, index === columns.length - 1 ? undefined : to).join('').trim())
}

function blank(characters: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < Math.min(to, characters.length); at++) if (characters[at] !== ' ') return false
  return true
}

/** Cells as a line of comma-separated values. */
export function asCommaLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
}
