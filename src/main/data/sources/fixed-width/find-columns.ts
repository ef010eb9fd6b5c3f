/** Where the cells of a line stand: from the first character of each to behind the last, counted in characters (code points). */
export type FixedColumns = readonly { readonly from: number; readonly to: number }[]

/** What it takes to believe in columns of fixed width: few lines have blanks at the same places by chance. */
export type Evidence = { readonly lines: number; readonly columns: number }

/**
 * Columns of lines that keep them apart by blanks at the same places; undefined where lines or columns are less than `least`.
 * A single blank is no border where the first line names nothing behind it: all cells of that column hold one.
 */
export function findFixedColumns(lines: readonly string[], least: Evidence): FixedColumns | undefined {
  const rows = lines.filter((line) => line.trim() !== '').map((line) => Array.from(line.trimEnd()))
  if (rows.length < least.lines || rows.some((row) => row.includes('\t'))) return undefined
  const width = Math.max(...rows.map((row) => row.length))
  const used = new Uint8Array(width + 1)
  for (const row of rows) row.forEach((character, index) => (used[index] = character === ' ' ? (used[index] ?? 0) : 1))
  const columns: { from: number; to: number }[] = []
  for (let at = 0; at < width; at++) {
    if (used[at] === 1 && used[at - 1] !== 1) columns.push({ from: at, to: at + 1 })
    const last = columns.at(-1)
    if (used[at] === 1 && last !== undefined) last.to = at + 1
  }
  const joined = joinUnnamed(columns, rows[0] ?? [])
  return joined.length < least.columns ? undefined : joined
}

function joinUnnamed(columns: FixedColumns, header: readonly string[]): FixedColumns {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of columns) {
    const last = joined.at(-1)
    const unnamed = header.slice(from, to).every((character) => character === ' ')
    if (last !== undefined && from - last.to === 1 && unnamed) last.to = to
    else joined.push({ from, to })
  }
  return joined
}
