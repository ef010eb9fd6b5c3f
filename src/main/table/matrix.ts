/** One column of a matrix. A `categorical` one holds codes 0 … cardinality−1; NaN is missing, rare or unseen. */
export type MatrixColumn = {
  readonly name: string
  /** Name of the dataset column that it was made from. */
  readonly source: string
  readonly kind: 'numeric' | 'categorical'
  /** `categorical` only: number of codes. */
  readonly cardinality?: number
}

/** Columns that are zero in most rows, e.g. of a vocabulary: compressed sparse columns. No cell is missing. */
export type SparseBlock = {
  /** Length columns + 1, ascending from 0: entries of column j lie at `starts[j] … starts[j + 1] − 1`. */
  readonly starts: Int32Array
  /** Row of each entry, ascending within a column. */
  readonly rows: Int32Array
  /** Value of each entry, finite; all other cells are 0. */
  readonly values: Float32Array
}

/** What an estimator learns from: float32, column after column. NaN is "missing". */
export type Matrix = {
  readonly rows: number
  /** The dense columns, then those of `sparse`, which are all numeric. */
  readonly columns: readonly MatrixColumn[]
  /** Length rows × dense columns; cell (i, j) at `j * rows + i`. */
  readonly data: Float32Array
  /** Only for estimators that accept it. */
  readonly sparse?: SparseBlock
}

/** What is to be predicted, one entry per row of the matrix. */
export type Target =
  | {
      readonly kind: 'classes'
      /** Index into `classes` per row. */
      readonly codes: Int32Array
      /** Class names exactly as the cells read. Binary tasks: index 1 is the positive class. */
      readonly classes: readonly string[]
    }
  | { readonly kind: 'numbers'; readonly values: Float64Array }

/** What a model says: class probabilities (row after row, rows × classes) or numbers. */
export type Prediction =
  | { readonly kind: 'classes'; readonly probabilities: Float64Array; readonly classes: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: Float64Array }

/** Number of columns that `data` holds. */
export function denseColumns(matrix: Matrix): number {
  return matrix.columns.length - (matrix.sparse === undefined ? 0 : matrix.sparse.starts.length - 1)
}

/** View of one dense matrix column; shares the memory. */
export function matrixColumn(matrix: Matrix, column: number): Float32Array {
  return matrix.data.subarray(column * matrix.rows, (column + 1) * matrix.rows)
}
