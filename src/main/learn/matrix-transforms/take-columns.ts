import { sharedFloat32, sharedInt32 } from '../../table/column.ts'
import { denseColumns, matrixColumn, type Matrix, type SparseBlock } from '../../table/matrix.ts'

function takeSparse({ starts, rows, values }: SparseBlock, kept: readonly number[]): SparseBlock {
  const size = kept.reduce((sum, j) => sum + (starts[j + 1] as number) - (starts[j] as number), 0)
  const made = { starts: sharedInt32(kept.length + 1), rows: sharedInt32(size), values: sharedFloat32(size) }
  let at = 0
  kept.forEach((j, place) => {
    made.rows.set(rows.subarray(starts[j], starts[j + 1]), at)
    made.values.set(values.subarray(starts[j], starts[j + 1]), at)
    at += (starts[j + 1] as number) - (starts[j] as number)
    made.starts[place + 1] = at
  })
  return made
}

/** The columns with those ascending numbers. */
export function takeColumns(matrix: Matrix, kept: readonly number[]): Matrix {
  const width = denseColumns(matrix)
  const dense = kept.filter((j) => j < width)
  const data = sharedFloat32(matrix.rows * dense.length)
  dense.forEach((j, place) => {
    data.set(matrixColumn(matrix, j), place * matrix.rows)
  })
  const columns = kept.map((j) => matrix.columns[j] as Matrix['columns'][number])
  const sparse = matrix.sparse && kept.length > dense.length ? takeSparse(matrix.sparse, kept.slice(dense.length).map((j) => j - width)) : undefined
  return { rows: matrix.rows, columns, data, ...(sparse === undefined ? {} : { sparse }) }
}
