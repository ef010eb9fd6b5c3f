import { denseColumns, type Matrix, type SparseBlock } from '../../../table/matrix.ts'

/**
 * A matrix whose sparse columns are all different: of texts, most terms occur in one row alone, and those of a row often weigh the same. A squared penalty
 * gives equal columns equal coefficients, so that m of them are one column times √m, and fits take as long as the different columns.
 */
export type Merged = {
  readonly matrix: Matrix
  /** Per column given, the column that stands for it. */
  readonly places: Int32Array
  /** Per column that is left, how many it stands for. */
  readonly counts: Float64Array
}

/** Share of columns that must go for a merger to be worth its copy. */
const LEAST_SHARE = 0.1

function equal(block: SparseBlock, a: number, b: number): boolean {
  const from = block.starts[a] as number
  const other = block.starts[b] as number
  const length = (block.starts[a + 1] as number) - from
  if ((block.starts[b + 1] as number) - other !== length) return false
  for (let k = 0; k < length; k++) if (block.rows[from + k] !== block.rows[other + k] || block.values[from + k] !== block.values[other + k]) return false
  return true
}

/** A number that equal columns share and different ones hardly ever (FNV-1a over rows and the bits of values). */
function hashOf(block: SparseBlock, bits: Int32Array, column: number): number {
  let hash = 0x811c9dc5
  for (let k = block.starts[column] as number; k < (block.starts[column + 1] as number); k++) {
    hash = Math.imul(hash ^ (block.rows[k] as number), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15) ^ (bits[k] as number), 0x01000193)
  }
  return hash
}

/** Per column of a block, the first column that equals it. */
function firstsOf(block: SparseBlock): Int32Array {
  const bits = new Int32Array(block.values.buffer, block.values.byteOffset, block.values.length)
  const known = new Map<number, number[]>()
  return Int32Array.from({ length: block.starts.length - 1 }, (_, j) => {
    const hash = hashOf(block, bits, j)
    const alike = known.get(hash)
    const first = alike?.find((other) => equal(block, other, j))
    if (first !== undefined) return first
    if (alike === undefined) known.set(hash, [j])
    else alike.push(j)
    return j
  })
}

function kept(block: SparseBlock, columns: readonly number[]): SparseBlock {
  const starts = new Int32Array(columns.length + 1)
  columns.forEach((j, at) => {
    starts[at + 1] = (starts[at] as number) + (block.starts[j + 1] as number) - (block.starts[j] as number)
  })
  const rows = new Int32Array(starts.at(-1) ?? 0)
  const values = new Float32Array(rows.length)
  columns.forEach((j, at) => {
    rows.set(block.rows.subarray(block.starts[j], block.starts[j + 1]), starts[at])
    values.set(block.values.subarray(block.starts[j], block.starts[j + 1]), starts[at])
  })
  return { starts, rows, values }
}

/** Merges the equal columns of a matrix's sparse block; undefined where too few are equal. */
export function mergeColumns(matrix: Matrix): Merged | undefined {
  const { sparse } = matrix
  if (sparse === undefined) return undefined
  const dense = denseColumns(matrix)
  const firsts = firstsOf(sparse)
  const left = [...firsts.keys()].filter((j) => firsts[j] === j)
  if (left.length > firsts.length * (1 - LEAST_SHARE)) return undefined
  const placeOf = new Int32Array(firsts.length)
  left.forEach((j, at) => {
    placeOf[j] = dense + at
  })
  const places = Int32Array.from({ length: dense + firsts.length }, (_, j) => (j < dense ? j : (placeOf[firsts[j - dense] as number] as number)))
  const counts = new Float64Array(dense + left.length)
  for (const place of places) counts[place] = (counts[place] as number) + 1
  const columns = [...matrix.columns.slice(0, dense), ...left.map((j) => matrix.columns[dense + j] as Matrix['columns'][number])]
  return { matrix: { ...matrix, columns, sparse: kept(sparse, left) }, places, counts }
}
