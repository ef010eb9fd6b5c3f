import type { Rng } from '../../base/rng.ts'
import type { SparseBlock } from '../../table/matrix.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** The directions of largest singular values: `directions` holds for each column of the block its `components` coordinates. */
export type TruncatedSvd = {
  readonly components: number
  /** Length columns × components, column after column of the block. */
  readonly directions: Float64Array
  /** Share of the squared length of all rows that each component holds. */
  readonly shares: readonly number[]
}

/** Directions more than asked for, and rounds of iteration (Halko, Martinsson and Tropp, 2011). */
const SPARE = 10
const ROUNDS = 3

/** out = X · wide; both have `width` numbers per row, and `out` is overwritten. */
function multiply({ starts, rows, values }: SparseBlock, wide: Float64Array, width: number, out: Float64Array): void {
  out.fill(0)
  for (let j = 0; j + 1 < starts.length; j++) {
    for (let k = starts[j] as number; k < (starts[j + 1] as number); k++) {
      const value = values[k] as number
      const to = (rows[k] as number) * width
      for (let c = 0, from = j * width; c < width; c++, from++) (out[to + c] as number) += value * (wide[from] as number)
    }
  }
}

/** out = Xᵀ · wide. */
function multiplyTransposed({ starts, rows, values }: SparseBlock, wide: Float64Array, width: number, out: Float64Array): void {
  out.fill(0)
  for (let j = 0; j + 1 < starts.length; j++) {
    const to = j * width
    for (let k = starts[j] as number; k < (starts[j + 1] as number); k++) {
      const value = values[k] as number
      for (let c = 0, from = (rows[k] as number) * width; c < width; c++, from++) (out[to + c] as number) += value * (wide[from] as number)
    }
  }
}

/** WᵀW of a tall matrix with `width` numbers per row. */
function gram(wide: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width)
  for (let row = 0; row < wide.length; row += width) {
    for (let a = 0; a < width; a++) {
      const left = wide[row + a] as number
      if (left !== 0) for (let b = 0; b <= a; b++) (product[a * width + b] as number) += left * (wide[row + b] as number)
    }
  }
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) product[b * width + a] = product[a * width + b] as number
  return product
}

/** wide = wide · mixᵀ, where row c of `mix` makes the new column c. */
function mixColumns(wide: Float64Array, width: number, mix: Float64Array): void {
  const row = new Float64Array(width)
  for (let at = 0; at < wide.length; at += width) {
    for (let c = 0; c < width; c++) {
      let sum = 0
      for (let b = 0; b < width; b++) sum += (wide[at + b] as number) * (mix[c * width + b] as number)
      row[c] = sum
    }
    wide.set(row, at)
  }
}

/** Makes the columns orthonormal, by strength; directions that are not there become zero. Returns squared lengths along them. */
function orthonormalise(wide: Float64Array, width: number): Float64Array {
  const { values, vectors } = symmetricEigen(gram(wide, width), width)
  const least = 1e-12 * Math.max(0, values[0] as number)
  for (let c = 0; c < width; c++) {
    const factor = (values[c] as number) > least ? 1 / Math.sqrt(values[c] as number) : 0
    for (let b = 0; b < width; b++) (vectors[c * width + b] as number) *= factor
  }
  mixColumns(wide, width, vectors)
  return values
}

/** Turns each component so that its largest coordinate is positive. */
function fixSigns(directions: Float64Array, components: number): void {
  for (let c = 0; c < components; c++) {
    let largest = 0
    for (let at = c; at < directions.length; at += components) if (Math.abs(directions[at] as number) > Math.abs(largest)) largest = directions[at] as number
    if (largest < 0) for (let at = c; at < directions.length; at += components) directions[at] = -(directions[at] as number)
  }
}

function leading(wide: Float64Array, width: number, components: number): Float64Array {
  const kept = new Float64Array((wide.length / width) * components)
  for (let at = 0; at < wide.length / width; at++) kept.set(wide.subarray(at * width, at * width + components), at * components)
  return kept
}

/**
 * Truncated singular value decomposition of a sparse block by seeded, randomised subspace iteration (Halko, Martinsson and Tropp, Finding
 * structure with randomness, 2011). At most as many components as there are rows or columns.
 */
export function truncatedSvd(block: SparseBlock, rows: number, wanted: number, rng: Rng, throwIfAborted?: () => void): TruncatedSvd {
  const columns = block.starts.length - 1
  const components = Math.min(wanted, rows, columns)
  if (components === 0) return { components: 0, directions: new Float64Array(0), shares: [] }
  const width = Math.min(components + SPARE, rows, columns)
  const right = Float64Array.from({ length: columns * width }, () => rng.normal())
  const left = new Float64Array(rows * width)
  let squares: Float64Array = new Float64Array(width)
  for (let round = 0; round < ROUNDS; round++) {
    throwIfAborted?.()
    multiply(block, right, width, left)
    orthonormalise(left, width)
    multiplyTransposed(block, left, width, right) // = (QᵀX)ᵀ: the squared lengths of its columns are those of X along Q
    squares = orthonormalise(right, width)
  }
  let total = 0
  for (let k = 0; k < block.values.length; k++) total += (block.values[k] as number) ** 2
  const directions = leading(right, width, components)
  fixSigns(directions, components)
  return { components, directions, shares: Array.from(squares.subarray(0, components), (square) => (total > 0 ? Math.max(0, square) / total : 0)) }
}

/** X · V: one column of `rows` numbers per component. */
export function project(block: SparseBlock, rows: number, directions: ArrayLike<number>, components: number): Float64Array[] {
  const made = Array.from({ length: components }, () => new Float64Array(rows))
  for (let j = 0; j + 1 < block.starts.length; j++) {
    for (let c = 0; c < components; c++) {
      const weight = directions[j * components + c] as number
      if (weight === 0) continue
      const into = made[c] as Float64Array
      for (let k = block.starts[j] as number; k < (block.starts[j + 1] as number); k++) {
        ;(into[block.rows[k] as number] as number) += weight * (block.values[k] as number)
      }
    }
  }
  return made
}
