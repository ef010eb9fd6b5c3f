import { matrixColumn, type Matrix } from '../../../table/matrix.ts'
import type { EncodedRows } from '../../neural/learning-parts.ts'

/** How one column of the matrix enters the network. */
export type ColumnEncoding =
  | { readonly kind: 'number'; readonly mean: number; readonly factor: number }
  /** Ascending edges of quantile bins, at least two: each bin gives one number, see `place`. */
  | { readonly kind: 'bins'; readonly edges: readonly number[] }
  /** A column of 0 and 1 for each of few classes, with `missing` one more for what is missing or unseen; without it, that is 0 everywhere. */
  | { readonly kind: 'levels'; readonly classes: number; readonly missing: boolean }
  /** Class numbers 0 … classes−1, and `classes` for what is missing or unseen: they become learnt vectors. */
  | { readonly kind: 'classes'; readonly name: string; readonly classes: number }

/** Classes up to which a column needs no vectors: the first layer learns one of its own for every column of 0 and 1, and at less cost. */
const FEW_CLASSES = 16

/** Learns from training rows how every column enters. */
export function learnEncoding(matrix: Matrix, encoding: 'plain' | 'piecewise', bins: number): readonly ColumnEncoding[] {
  return matrix.columns.map((column, j): ColumnEncoding => {
    const cells = matrixColumn(matrix, j)
    if (column.kind === 'categorical') {
      const classes = column.cardinality ?? 0
      if (classes > FEW_CLASSES) return { kind: 'classes', name: column.name, classes }
      return { kind: 'levels', classes, missing: cells.some((cell) => codeOf(cell, classes) === classes) }
    }
    const edges = encoding === 'piecewise' ? quantileEdges(cells, bins) : []
    return edges.length > 2 ? { kind: 'bins', edges } : scaling(cells)
  })
}

/** Numbers that a column gives per row. */
export function widthOf(column: ColumnEncoding): number {
  switch (column.kind) {
    case 'number':
      return 1
    case 'bins':
      return column.edges.length - 1
    case 'levels':
      return column.classes + Number(column.missing)
    case 'classes':
      return 0
  }
}

/** Rows as the network takes them. */
export function encodeRows(matrix: Matrix, encoding: readonly ColumnEncoding[]): EncodedRows {
  const { rows } = matrix
  const width = encoding.reduce((sum, column) => sum + widthOf(column), 0)
  const classed = encoding.filter(({ kind }) => kind === 'classes').length
  const numbers = new Float32Array(rows * width)
  const codes = new Int32Array(rows * classed)
  let [at, codeAt] = [0, 0]
  encoding.forEach((column, j) => {
    const cells = matrixColumn(matrix, j)
    if (column.kind === 'classes') {
      for (let i = 0; i < rows; i++) codes[i * classed + codeAt] = codeOf(cells[i] as number, column.classes)
      codeAt++
    } else if (column.kind === 'number') {
      for (let i = 0; i < rows; i++) numbers[i * width + at] = ((cells[i] as number) - column.mean) * column.factor
      at++
    } else if (column.kind === 'levels') {
      const levels = widthOf(column)
      for (let i = 0; i < rows; i++) {
        const code = codeOf(cells[i] as number, column.classes)
        if (code < levels) numbers[i * width + at + code] = 1
      }
      at += levels
    } else {
      for (let i = 0; i < rows; i++) place(cells[i] as number, column.edges, numbers, i * width + at)
      at += column.edges.length - 1
    }
  })
  return { rows, numbers, codes }
}

function codeOf(cell: number, classes: number): number {
  return cell >= 0 && cell < classes ? Math.trunc(cell) : classes
}

/** Mean 0 and deviation 1; a constant column gives 0. Sums in float64. */
function scaling(cells: Float32Array): ColumnEncoding {
  let sum = 0
  for (const cell of cells) sum += cell
  const mean = cells.length === 0 ? 0 : sum / cells.length
  let squares = 0
  for (const cell of cells) squares += (cell - mean) ** 2
  const deviation = Math.sqrt(squares / Math.max(1, cells.length))
  return { kind: 'number', mean, factor: deviation > 1e-7 * Math.abs(mean) && deviation > 0 ? 1 / deviation : 0 }
}

/** Different quantiles of the cells, the least and the largest included. */
function quantileEdges(cells: Float32Array, bins: number): readonly number[] {
  const sorted = cells.slice().sort()
  const edges: number[] = []
  for (let k = 0; k <= bins; k++) {
    const edge = sorted[Math.round((k / bins) * (sorted.length - 1))]
    if (edge !== undefined && edge !== edges.at(-1)) edges.push(edge)
  }
  return edges
}

/**
 * Piecewise linear encoding (Gorishniy, Rubachev and Babenko 2022): 1 for each bin below the value's, how far through for its own, 0 for those above; the first
 * and the last bin go on beyond their edges.
 */
function place(value: number, edges: readonly number[], out: Float32Array, at: number): void {
  const last = edges.length - 2
  for (let k = 0; k <= last; k++) {
    const [low, high] = [edges[k] as number, edges[k + 1] as number]
    const through = (value - low) / (high - low)
    out[at + k] = Math.min(k === last ? Infinity : 1, Math.max(k === 0 ? -Infinity : 0, through))
  }
}
