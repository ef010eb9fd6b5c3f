import { sharedFloat32 } from './column.ts'
import { denseColumns, type Matrix, type SparseBlock, type Target } from './matrix.ts'

/** Rows of a matrix with what is to be predicted for them. */
export type Examples = { readonly matrix: Matrix; readonly target: Target }

function appendBlocks(first: SparseBlock, second: SparseBlock, rows: number): SparseBlock {
  const entries = first.rows.length + second.rows.length
  const both = { starts: new Int32Array(first.starts.length), rows: new Int32Array(entries), values: new Float32Array(entries) }
  let next = 0
  for (let j = 0; j + 1 < first.starts.length; j++) {
    for (const [block, shift] of [[first, 0], [second, rows]] as const) {
      for (let k = block.starts[j] as number; k < (block.starts[j + 1] as number); k++) {
        both.rows[next] = (block.rows[k] as number) + shift
        both.values[next++] = block.values[k] as number
      }
    }
    both.starts[j + 1] = next
  }
  return both
}

function joined<A extends Float64Array | Int32Array>(into: A, first: A, second: A): A {
  into.set(first)
  into.set(second, first.length)
  return into
}

function appendTargets(first: Target, second: Target): Target {
  if (first.kind === 'numbers' && second.kind === 'numbers') return { kind: 'numbers', values: joined(new Float64Array(first.values.length + second.values.length), first.values, second.values) }
  if (first.kind === 'classes' && second.kind === 'classes') return { ...first, codes: joined(new Int32Array(first.codes.length + second.codes.length), first.codes, second.codes) }
  throw new Error('Classes cannot stand below numbers')
}

/** The rows of `second` below those of `first`; both matrices have the same columns, both targets the same classes. */
export function appendRows(first: Examples, second: Examples): Examples {
  const [above, below] = [first.matrix, second.matrix]
  const dense = denseColumns(above)
  if (denseColumns(below) !== dense || below.columns.length !== above.columns.length) throw new Error('Rows to append have other columns')
  const rows = above.rows + below.rows
  const data = sharedFloat32(rows * dense)
  for (let j = 0; j < dense; j++) {
    data.set(above.data.subarray(j * above.rows, (j + 1) * above.rows), j * rows)
    data.set(below.data.subarray(j * below.rows, (j + 1) * below.rows), j * rows + above.rows)
  }
  const sparse = above.sparse !== undefined && below.sparse !== undefined ? { sparse: appendBlocks(above.sparse, below.sparse, above.rows) } : {}
  return { matrix: { rows, columns: above.columns, data, ...sparse }, target: appendTargets(first.target, second.target) }
}
