// Product of two matrices, after Goto and van de Geijn: blocks of A that stay in the second-level cache, panels of B that stay in the first.
import { finishRow } from './activation'
import { narrowProduct } from './narrow-product'
import { COLUMNS, packColumns, packRows } from './panels'
import { multiplyPanels } from './tile'

const BLOCK_ROWS: i32 = 96
const BLOCK_DEPTH: i32 = 256
const BLOCK_COLUMNS: i32 = 1024
const ASIDE: usize = 192
const PANEL_BYTES: usize = <usize>(BLOCK_ROWS * BLOCK_DEPTH) << 2

/** Bytes of scratch that `product` takes, per thread. */
export function productScratch(): i32 {
  return <i32>(ASIDE + PANEL_BYTES) + ((BLOCK_DEPTH * BLOCK_COLUMNS) << 2)
}

/**
 * Rows `from` … `to`−1 of C (`columns` wide, rows `cRow` floats apart) = activation(A · B + bias), or C + A · B under the activation where
 * `accumulate` is 1. Cell (i, k) of A at a + (i · aRow + k · aColumn) · 4, likewise B (`depth` × `columns`): strides in floats give transposes. `bias`: `columns`
 * f32 or 0. Codes and `alpha` of the activation as in activation.ts. `scratch`: `productScratch()` bytes, aligned to 16; threads need one each.
 */
export function product(
  a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, c: usize, cRow: i32, from: i32, to: i32, columns: i32, depth: i32,
  accumulate: i32, bias: usize, activation: i32, alpha: f32, scratch: usize,
): void {
  const aStep = <usize>aRow << 2, aNext = <usize>aColumn << 2, bStep = <usize>bRow << 2, bNext = <usize>bColumn << 2, row = <usize>cRow << 2
  const rows = to - from
  if (rows <= 0 || columns <= 0) return
  a += <usize>from * aStep
  c += <usize>from * row
  if (depth == 0) {
    for (let i = 0; i < rows; i++, c += row) {
      if (!accumulate) memory.fill(c, 0, <usize>columns << 2)
      finishRow(c, bias, columns, activation, alpha)
    }
    return
  }
  if (narrowProduct(a, aStep, aNext, b, bStep, bNext, c, row, rows, columns, depth, accumulate != 0)) {
    if (bias != 0 || activation != 0) for (let i = 0; i < rows; i++, c += row) finishRow(c, bias, columns, activation, alpha)
    return
  }
  const packedA = scratch + ASIDE, packedB = packedA + PANEL_BYTES
  for (let j = 0; j < columns; j += BLOCK_COLUMNS) {
    const width = min(BLOCK_COLUMNS, columns - j)
    for (let k = 0; k < depth; k += BLOCK_DEPTH) {
      const deep = min(BLOCK_DEPTH, depth - k), finish = k + deep == depth && (bias != 0 || activation != 0)
      packColumns(b + <usize>k * bStep + <usize>j * bNext, bStep, bNext, deep, width, packedB)
      for (let i = 0; i < rows; i += BLOCK_ROWS) {
        const high = min(BLOCK_ROWS, rows - i)
        packRows(a + <usize>i * aStep + <usize>k * aNext, aStep, aNext, high, deep, packedA)
        multiplyPanels(
          packedA, packedB, high, width, deep, c + <usize>i * row + (<usize>j << 2), row, k > 0 || accumulate != 0,
          finish, bias ? bias + (<usize>j << 2) : 0, activation, alpha, scratch,
        )
      }
    }
  }
}

/** Bytes that `packMatrix` writes. */
// @ts-ignore: decorator
@inline
export function packedBytes(depth: i32, columns: i32): usize {
  return <usize>(depth * ((columns + COLUMNS - 1) / COLUMNS * COLUMNS)) << 2
}

/** Packs the whole of B for `productWithPacked`: blocks of 256 of its depth, panels of 8 columns in each. */
export function packMatrix(b: usize, bRow: i32, bColumn: i32, depth: i32, columns: i32, out: usize): void {
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const deep = min(BLOCK_DEPTH, depth - k)
    packColumns(b + (<usize>(k * bRow) << 2), <usize>bRow << 2, <usize>bColumn << 2, deep, columns, out)
    out += packedBytes(deep, columns)
  }
}

/** C = A · B or C + A · B, where `packMatrix` has packed B: for products with the same B again and again. Strides in floats. */
export function productWithPacked(
  a: usize, aRow: i32, packed: usize, c: usize, cRow: i32, rows: i32, columns: i32, depth: i32, accumulate: bool, scratch: usize,
): void {
  const aStep = <usize>aRow << 2, row = <usize>cRow << 2
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const deep = min(BLOCK_DEPTH, depth - k)
    for (let i = 0; i < rows; i += BLOCK_ROWS) {
      const high = min(BLOCK_ROWS, rows - i)
      packRows(a + <usize>i * aStep + (<usize>k << 2), aStep, 4, high, deep, scratch + ASIDE)
      multiplyPanels(scratch + ASIDE, packed, high, columns, deep, c + <usize>i * row, row, k > 0 || accumulate, false, 0, 0, 0, scratch)
    }
    packed += packedBytes(deep, columns)
  }
}
