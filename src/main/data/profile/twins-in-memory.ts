import type { ColumnProfile } from '#shared/domain/profile.ts'
import type { CodedCells } from './coded-cells.ts'
import { linesBetween, mayBeRenamed, type TwinLine, type Twins } from './twin-columns.ts'

type Side = { readonly profile: ColumnProfile; readonly cells: CodedCells }

/** Whether one of two columns tells the other in every row, their cells being at hand. */
export function compareCells(a: Side, b: Side): Twins | undefined {
  const pair = { first: a.profile.name, second: b.profile.name }
  if (areSame(a.cells, b.cells)) return { ...pair, how: 'same' }
  const line = linesBetween(a.profile, b.profile).find((candidate) => liesOn(candidate, a.cells, b.cells))
  if (line !== undefined) return { ...pair, how: 'linear', slope: line.slope, intercept: line.intercept }
  return mayBeRenamed(a.profile, b.profile) && countPairs(a.cells, b.cells, a.profile.distinct) === a.profile.distinct ? { ...pair, how: 'renamed' } : undefined
}

function areSame(a: CodedCells, b: CodedCells): boolean {
  if (a.texts.length !== b.texts.length) return false
  // Texts are coded in order of appearance, so that the same cells have the same codes.
  for (let row = 0; row < a.codes.length; row++) if (a.codes[row] !== b.codes[row]) return false
  return a.texts.every((text, code) => text === b.texts[code])
}

function liesOn({ slope, intercept, size }: TwinLine, a: CodedCells, b: CodedCells): boolean {
  const [x, y] = [numbersOf(a.texts), numbersOf(b.texts)]
  let compared = 0
  for (let row = 0; row < a.codes.length; row++) {
    const residual = Math.abs((y[b.codes[row] as number] ?? Number.NaN) - (slope * (x[a.codes[row] as number] ?? Number.NaN) + intercept))
    if (Number.isNaN(residual)) continue
    if (residual > 1e-9 * size) return false
    compared++
  }
  return compared > 0
}

function numbersOf(texts: readonly string[]): Float64Array {
  return Float64Array.from(texts, (text) => (text.trim() === '' ? Number.NaN : Number(text)))
}

/** Distinct pairs of cells over the rows where both hold something; counting stops beyond `enough`. */
function countPairs(a: CodedCells, b: CodedCells, enough: number): number {
  const pairs = new Set<number>()
  for (let row = 0; row < a.codes.length && pairs.size <= enough; row++) {
    const [left, right] = [a.codes[row] as number, b.codes[row] as number]
    if (left >= 0 && right >= 0) pairs.add(left * b.texts.length + right)
  }
  return pairs.size
}
