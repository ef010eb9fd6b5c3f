import type { CategoryColumn } from '../../table/column.ts'

/** How often each entry of the column's dictionary occurs. */
export function countLevels(column: CategoryColumn): Float64Array {
  const counts = new Float64Array(column.categories.length)
  for (let i = 0; i < column.codes.length; i++) {
    const code = column.codes[i] as number
    if (code >= 0) counts[code] = (counts[code] as number) + 1
  }
  return counts
}

/** A level and its number of rows. */
export type LevelCount = { readonly level: string; readonly count: number }

/** Levels that occur, the most frequent first; equal counts in the order of their code units, so that row order does not matter. */
export function levelsByCount(column: CategoryColumn): readonly LevelCount[] {
  const counts = countLevels(column)
  return column.categories
    .map((level, code) => ({ level, count: counts[code] as number }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
}

/** For each entry of the column's dictionary its index in `levels`; −1 where it is not there. */
export function recode(column: CategoryColumn, levels: readonly string[]): Int32Array {
  const indexOf = new Map(levels.map((level, index) => [level, index]))
  return Int32Array.from(column.categories, (category) => indexOf.get(category) ?? -1)
}

/** True where at least one row has no value. */
export function hasMissing(column: CategoryColumn): boolean {
  return column.codes.includes(-1)
}
