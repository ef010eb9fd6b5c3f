import { MillraceError } from '#shared/errors.ts'
import { denseColumns, matrixColumn, type Matrix } from '../../../table/matrix.ts'

/** What is counted per class; class after class. Cells that are missing are not counted. */
export type Tallies = {
  /** Rows per class. */
  readonly rows: Float64Array
  /** Classes × numeric columns: cells, their mean, and Σ (x − mean)². */
  readonly cells: Float64Array
  readonly means: Float64Array
  readonly squares: Float64Array
  /** Classes × codes of all categorical columns, one column's after the other. */
  readonly codes: Float64Array
  /** Classes × columns of the sparse block: Σ x. */
  readonly words: Float64Array
}

/** Where the columns of a matrix are: numeric and categorical dense ones, and the number of sparse ones. */
export type Layout = {
  readonly numeric: readonly number[]
  /** Each with the number of its codes and where they start among all. */
  readonly categorical: readonly { readonly column: number; readonly cardinality: number; readonly start: number }[]
  readonly codes: number
  readonly words: number
}

/** The layout of a matrix's columns. */
export function layoutOf(matrix: Matrix): Layout {
  const dense = matrix.columns.slice(0, denseColumns(matrix))
  const categorical: { column: number; cardinality: number; start: number }[] = []
  let codes = 0
  dense.forEach(({ kind, cardinality = 0 }, column) => {
    if (kind !== 'categorical') return
    categorical.push({ column, cardinality, start: codes })
    codes += cardinality
  })
  const numeric = [...dense.keys()].filter((j) => dense[j]?.kind === 'numeric')
  return { numeric, categorical, codes, words: matrix.columns.length - dense.length }
}

/** Throws where a cell is infinite, or a cell of the sparse block below 0: neither can be counted. */
export function requireCountable(matrix: Matrix): void {
  const at = matrix.data.findIndex((value) => value === Infinity || value === -Infinity)
  if (at !== -1) throw uncountable(matrix, Math.floor(at / matrix.rows), at % matrix.rows, matrix.data[at] as number, 'a finite number or a missing cell')
  if (matrix.sparse === undefined) return
  const { starts, rows, values } = matrix.sparse
  const entry = values.findIndex((value) => !(value >= 0 && value < Infinity))
  if (entry === -1) return
  const word = starts.findIndex((start, j) => start <= entry && entry < (starts[j + 1] ?? 0))
  throw uncountable(matrix, denseColumns(matrix) + word, rows[entry] as number, values[entry] as number, 'a count or weight of 0 or more')
}

function uncountable(matrix: Matrix, column: number, row: number, value: number, wanted: string): MillraceError {
  const { name = '', source = '' } = matrix.columns[column] ?? {}
  return new MillraceError({
    code: 'invalid-data',
    headline: `Naive Bayes needs ${wanted} here`,
    message: `Column "${source}" (as "${name}") holds ${value} in row ${row + 1}.`,
    nextStep: 'Clip or drop the column in the recipe, or use another estimator.',
    details: { column: source, row: row + 1, value: String(value) },
  })
}

/** Counts rows of weight 1; rows of weight 0 take no part. `codes` are class indices below `classes`. */
export function tally(matrix: Matrix, codes: Int32Array, classes: number, taken: Uint8Array, throwIfAborted: () => void): Tallies {
  const { numeric, categorical, codes: width, words } = layoutOf(matrix)
  const rows = new Float64Array(classes)
  for (let i = 0; i < codes.length; i++) if (taken[i] === 1) rows[codes[i] as number] = (rows[codes[i] as number] as number) + 1
  const tallies: Tallies = {
    rows,
    cells: new Float64Array(classes * numeric.length),
    means: new Float64Array(classes * numeric.length),
    squares: new Float64Array(classes * numeric.length),
    codes: new Float64Array(classes * width),
    words: new Float64Array(classes * words),
  }
  numeric.forEach((column, j) => {
    throwIfAborted()
    tallyNumbers(matrixColumn(matrix, column), codes, taken, j, numeric.length, tallies)
  })
  for (const { column, start } of categorical) {
    throwIfAborted()
    const cells = matrixColumn(matrix, column)
    for (let i = 0; i < cells.length; i++) {
      if (taken[i] === 0 || Number.isNaN(cells[i])) continue
      const at = (codes[i] as number) * width + start + (cells[i] as number)
      tallies.codes[at] = (tallies.codes[at] as number) + 1
    }
  }
  throwIfAborted()
  if (matrix.sparse !== undefined) {
    const { starts, rows: entryRows, values } = matrix.sparse
    for (let j = 0; j < words; j++) {
      for (let k = starts[j] as number; k < (starts[j + 1] as number); k++) {
        const row = entryRows[k] as number
        if (taken[row] === 0) continue
        const at = (codes[row] as number) * words + j
        tallies.words[at] = (tallies.words[at] as number) + (values[k] as number)
      }
    }
  }
  return tallies
}

/** Means in one pass and squares around them in a second. */
function tallyNumbers(values: Float32Array, codes: Int32Array, taken: Uint8Array, column: number, width: number, { cells, means, squares }: Tallies): void {
  const each = (visit: (at: number, value: number) => void): void => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      if (taken[i] === 1 && !Number.isNaN(value)) visit((codes[i] as number) * width + column, value)
    }
  }
  each((at, value) => {
    cells[at] = (cells[at] as number) + 1
    means[at] = (means[at] as number) + value
  })
  for (let at = column; at < cells.length; at += width) if ((cells[at] as number) > 0) means[at] = (means[at] as number) / (cells[at] as number)
  each((at, value) => {
    squares[at] = (squares[at] as number) + (value - (means[at] as number)) ** 2
  })
}
