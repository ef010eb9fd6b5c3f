import { finishRow } from './activation'
import { madd } from './lanes'
import { COLUMNS, ROWS } from './panels'

/**
 * c (6 × 8, rows `row` bytes apart) = panel of A · panel of B, or added to c; then bias (0: none), and nothing below zero where `relu`. Twelve accumulators, two vectors of B and one
 * of A are the sixteen registers of x86.
 */
function multiply(depth: i32, a: usize, b: usize, c: usize, row: usize, add: bool, bias: usize, relu: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00
  for (let k = 0; k < depth; k++, a += 24, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let x = v128.load32_splat(a)
    c00 = madd(x, b0, c00)
    c01 = madd(x, b1, c01)
    x = v128.load32_splat(a, 4)
    c10 = madd(x, b0, c10)
    c11 = madd(x, b1, c11)
    x = v128.load32_splat(a, 8)
    c20 = madd(x, b0, c20)
    c21 = madd(x, b1, c21)
    x = v128.load32_splat(a, 12)
    c30 = madd(x, b0, c30)
    c31 = madd(x, b1, c31)
    x = v128.load32_splat(a, 16)
    c40 = madd(x, b0, c40)
    c41 = madd(x, b1, c41)
    x = v128.load32_splat(a, 20)
    c50 = madd(x, b0, c50)
    c51 = madd(x, b1, c51)
  }
  const left = bias ? v128.load(bias) : f32x4.splat(0), right = bias ? v128.load(bias, 16) : left
  const floor = f32x4.splat(relu ? 0 : -Infinity)
  storeRow(c, c00, c01, add, left, right, floor)
  storeRow(c += row, c10, c11, add, left, right, floor)
  storeRow(c += row, c20, c21, add, left, right, floor)
  storeRow(c += row, c30, c31, add, left, right, floor)
  storeRow(c += row, c40, c41, add, left, right, floor)
  storeRow(c += row, c50, c51, add, left, right, floor)
}

// @ts-ignore: decorator
@inline
function storeRow(c: usize, x: v128, y: v128, add: bool, left: v128, right: v128, floor: v128): void {
  if (add) {
    x = f32x4.add(x, v128.load(c))
    y = f32x4.add(y, v128.load(c, 16))
  }
  v128.store(c, f32x4.pmax(f32x4.add(x, left), floor))
  v128.store(c, f32x4.pmax(f32x4.add(y, right), floor), 16)
}

/**
 * Packed rows · packed columns into `rows` × `columns` of c (`row` bytes apart), or added to it; where `finish`, bias (0: none) and activation follow.
 * `aside` takes 192 bytes: tiles over an edge of c are worked out there.
 */
export function multiplyPanels(
  a: usize, b: usize, rows: i32, columns: i32, depth: i32, c: usize, row: usize, add: bool, finish: bool, bias: usize, activation: i32, alpha: f32, aside: usize,
): void {
  const aPanel = <usize>(depth * ROWS) << 2, bPanel = <usize>(depth * COLUMNS) << 2
  for (let j = 0; j < columns; j += COLUMNS, b += bPanel, c += <usize>COLUMNS << 2) {
    const width = min(COLUMNS, columns - j)
    for (let i = 0, p = a, corner = c; i < rows; i += ROWS, p += aPanel, corner += <usize>ROWS * row) {
      const height = min(ROWS, rows - i)
      const whole = height == ROWS && width == COLUMNS
      if (whole) multiply(depth, p, b, corner, row, add, finish ? bias : 0, finish && activation == 1)
      else {
        multiply(depth, p, b, aside, <usize>COLUMNS << 2, false, 0, false)
        for (let y = 0, from = aside, to = corner; y < height; y++, from += <usize>COLUMNS << 2, to += row) {
          for (let x: usize = 0, end = <usize>width << 2; x < end; x += 4) store<f32>(to + x, load<f32>(from + x) + (add ? load<f32>(to + x) : 0))
        }
      }
      if (finish && !(whole && activation <= 1)) for (let y = 0, at = corner; y < height; y++, at += row) finishRow(at, whole ? 0 : bias, width, activation, alpha)
    }
    if (bias) bias += <usize>COLUMNS << 2
  }
}
