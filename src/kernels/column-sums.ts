// Sums that describe the columns of a matrix, in float64 over float32 cells, in one pass.

/**
 * For columns `from` … `to`−1 of `rows` f32 cells each: sums[2j] = Σ (x − shift_j) and sums[2j + 1] = Σ (x − shift_j)², f64. Partial sums by row mod 8,
 * then the rows left over: a column's sums do not depend on who takes the others. A cell that is not finite leaves them not finite.
 */
export function columnSums(cells: usize, rows: i32, shifts: usize, from: i32, to: i32, sums: usize): void {
  const whole = rows & ~7
  for (let j = from; j < to; j++) {
    const column = cells + ((<usize>j * <usize>rows) << 2), shift = load<f64>(shifts + (<usize>j << 3)), c = f64x2.splat(shift)
    let a = f64x2.splat(0), b = a, d = a, e = a, a2 = a, b2 = a, d2 = a, e2 = a
    for (let i = 0; i < whole; i += 8) {
      const x = v128.load(column + (<usize>i << 2)), y = v128.load(column + (<usize>i << 2), 16)
      const p = f64x2.sub(f64x2.promote_low_f32x4(x), c), q = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)), c)
      const r = f64x2.sub(f64x2.promote_low_f32x4(y), c), s = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i32>(y, y, 2, 3, 2, 3)), c)
      a = f64x2.add(a, p)
      b = f64x2.add(b, q)
      d = f64x2.add(d, r)
      e = f64x2.add(e, s)
      a2 = f64x2.add(a2, f64x2.mul(p, p))
      b2 = f64x2.add(b2, f64x2.mul(q, q))
      d2 = f64x2.add(d2, f64x2.mul(r, r))
      e2 = f64x2.add(e2, f64x2.mul(s, s))
    }
    let sum = both(f64x2.add(f64x2.add(a, b), f64x2.add(d, e))), squares = both(f64x2.add(f64x2.add(a2, b2), f64x2.add(d2, e2)))
    for (let i = whole; i < rows; i++) {
      const x = <f64>load<f32>(column + (<usize>i << 2)) - shift
      sum += x
      squares += x * x
    }
    store<f64>(sums + (<usize>j << 4), sum)
    store<f64>(sums + (<usize>j << 4), squares, 8)
  }
}

// @ts-ignore: decorator
@inline
function both(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1)
}
