import { sharedFloat32, sharedInt32 } from '../../table/column.ts'
import type { SparseBlock } from '../../table/matrix.ts'

/** The columns of several blocks of the same rows side by side, on shared memory. */
export function joinSparse(blocks: readonly SparseBlock[]): SparseBlock {
  const columns = blocks.reduce((sum, { starts }) => sum + starts.length - 1, 0)
  const entries = blocks.reduce((sum, { rows }) => sum + rows.length, 0)
  const [starts, rows, values] = [sharedInt32(columns + 1), sharedInt32(entries), sharedFloat32(entries)]
  let [column, entry] = [0, 0]
  for (const block of blocks) {
    for (let j = 1; j < block.starts.length; j++) starts[column + j] = entry + (block.starts[j] as number)
    rows.set(block.rows, entry)
    values.set(block.values, entry)
    column += block.starts.length - 1
    entry += block.rows.length
  }
  return { starts, rows, values }
}
