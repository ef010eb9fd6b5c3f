// Products of a few rows, or of one column: packing would cost more than it saves. Strides are in bytes.
import { madd, sumOfLanes } from './lanes'

const MOST_ROWS: i32 = 8

/** C = A · B or C + A · B where A has at most eight rows, or B one column and C no gaps; returns false, having done nothing, where the strides do not suit. */
export function narrowProduct(
  a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize, rows: i32, columns: i32, depth: i32, add: bool,
): bool {
  if (columns == 1 && cRow == 4 && rows > 1) return narrowProduct(b, bColumn, bRow, a, aColumn, aRow, c, cRow, 1, rows, depth, add) // Cᵀ = Bᵀ Aᵀ
  if (rows > MOST_ROWS) return false
  if (bColumn == 4) {
    for (let i = 0; i < rows; i++, a += aRow, c += cRow) weighRows(a, aColumn, b, bRow, c, columns, depth, add)
    return true
  }
  if (bRow != 4 || aColumn != 4) return false
  for (let i = 0; i < rows; i++, a += aRow, c += cRow) dotRows(a, b, bColumn, c, columns, depth, add)
  return true
}

/** c = Σ_k a_k · row k of B, whose cells lie one behind the other: thirty-two columns at a time. */
function weighRows(a: usize, step: usize, b: usize, bRow: usize, c: usize, columns: i32, depth: i32, add: bool): void {
  let j = 0
  for (; j + 32 <= columns; j += 32, b += 128, c += 128) {
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0
    for (let k = 0, p = a, q = b; k < depth; k++, p += step, q += bRow) {
      const x = v128.load32_splat(p)
      c0 = madd(x, v128.load(q), c0)
      c1 = madd(x, v128.load(q, 16), c1)
      c2 = madd(x, v128.load(q, 32), c2)
      c3 = madd(x, v128.load(q, 48), c3)
      c4 = madd(x, v128.load(q, 64), c4)
      c5 = madd(x, v128.load(q, 80), c5)
      c6 = madd(x, v128.load(q, 96), c6)
      c7 = madd(x, v128.load(q, 112), c7)
    }
    put(c, c0, add)
    put(c + 16, c1, add)
    put(c + 32, c2, add)
    put(c + 48, c3, add)
    put(c + 64, c4, add)
    put(c + 80, c5, add)
    put(c + 96, c6, add)
    put(c + 112, c7, add)
  }
  for (; j + 4 <= columns; j += 4, b += 16, c += 16) {
    let sum = f32x4.splat(0)
    for (let k = 0, p = a, q = b; k < depth; k++, p += step, q += bRow) sum = madd(v128.load32_splat(p), v128.load(q), sum)
    put(c, sum, add)
  }
  for (; j < columns; j++, b += 4, c += 4) {
    let sum: f32 = 0
    for (let k = 0, p = a, q = b; k < depth; k++, p += step, q += bRow) sum += load<f32>(p) * load<f32>(q)
    store<f32>(c, sum + (add ? load<f32>(c) : 0))
  }
}

// @ts-ignore: decorator
@inline
function put(c: usize, sum: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(sum, v128.load(c)) : sum)
}

/** c_j = a · column j of B, both with their cells one behind the other: four columns at a time. */
function dotRows(a: usize, b: usize, bColumn: usize, c: usize, columns: i32, depth: i32, add: bool): void {
  const whole = <usize>(depth & ~3) << 2, end = <usize>depth << 2
  let j = 0
  for (; j + 4 <= columns; j += 4, b += bColumn << 2, c += 16) {
    const b1 = b + bColumn, b2 = b1 + bColumn, b3 = b2 + bColumn
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0
    for (let k: usize = 0; k < whole; k += 16) {
      const x = v128.load(a + k)
      c0 = madd(x, v128.load(b + k), c0)
      c1 = madd(x, v128.load(b1 + k), c1)
      c2 = madd(x, v128.load(b2 + k), c2)
      c3 = madd(x, v128.load(b3 + k), c3)
    }
    let s0 = sumOfLanes(c0), s1 = sumOfLanes(c1), s2 = sumOfLanes(c2), s3 = sumOfLanes(c3)
    for (let k = whole; k < end; k += 4) {
      const x = load<f32>(a + k)
      s0 += x * load<f32>(b + k)
      s1 += x * load<f32>(b1 + k)
      s2 += x * load<f32>(b2 + k)
      s3 += x * load<f32>(b3 + k)
    }
    store<f32>(c, s0 + (add ? load<f32>(c) : 0))
    store<f32>(c, s1 + (add ? load<f32>(c, 4) : 0), 4)
    store<f32>(c, s2 + (add ? load<f32>(c, 8) : 0), 8)
    store<f32>(c, s3 + (add ? load<f32>(c, 12) : 0), 12)
  }
  for (; j < columns; j++, b += bColumn, c += 4) {
    let sum = f32x4.splat(0)
    for (let k: usize = 0; k < whole; k += 16) sum = madd(v128.load(a + k), v128.load(b + k), sum)
    let total = sumOfLanes(sum)
    for (let k = whole; k < end; k += 4) total += load<f32>(a + k) * load<f32>(b + k)
    store<f32>(c, total + (add ? load<f32>(c) : 0))
  }
}
