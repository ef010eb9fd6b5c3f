import { denseColumns, type Matrix, type SparseBlock, type Target } from '../../../table/matrix.ts'

function sampleBlock({ starts, rows, values }: SparseBlock, index: Int32Array, from: number): SparseBlock {
  const place = new Int32Array(from).fill(-1)
  index.forEach((row, at) => {
    place[row] = at
  })
  let kept = 0
  for (const row of rows) if ((place[row] as number) >= 0) kept++
  const sample = { starts: new Int32Array(starts.length), rows: new Int32Array(kept), values: new Float32Array(kept) }
  let next = 0
  for (let j = 0; j + 1 < starts.length; j++) {
    for (let k = starts[j] as number; k < (starts[j + 1] as number); k++) {
      const at = place[rows[k] as number] as number
      if (at < 0) continue
      sample.rows[next] = at
      sample.values[next++] = values[k] as number
    }
    sample.starts[j + 1] = next
  }
  return sample
}

/** Rows `index`, ascending, of a matrix and its target. */
export function sampleRows(matrix: Matrix, target: Target, index: Int32Array): { readonly matrix: Matrix; readonly target: Target } {
  const dense = denseColumns(matrix)
  const data = new Float32Array(index.length * dense)
  for (let j = 0; j < dense; j++) {
    for (let i = 0; i < index.length; i++) data[j * index.length + i] = matrix.data[j * matrix.rows + (index[i] as number)] as number
  }
  const sparse = matrix.sparse && { sparse: sampleBlock(matrix.sparse, index, matrix.rows) }
  return {
    matrix: { rows: index.length, columns: matrix.columns, data, ...sparse },
    target:
      target.kind === 'numbers'
        ? { kind: 'numbers', values: Float64Array.from(index, (row) => target.values[row] as number) }
        : { ...target, codes: index.map((row) => target.codes[row] as number) },
  }
}
