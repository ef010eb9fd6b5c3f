import { loadFirst, storeFirst } from './lanes'

/**
 * y_i = x_i · factor, or 0 where number i of the sequence splitmix32 (from `seed` on, unsigned) is below `least`, for cells `from` … `to`−1: the same cells for the same seed, whoever
 * computes them. y may be x.
 */
export function dropout(x: usize, y: usize, from: i32, to: i32, seed: i32, least: i32, factor: f32): void {
  const step = i32x4.splat(0x9e3779b9 * 4), limit = i32x4.splat(least), scale = f32x4.splat(factor)
  let state = i32x4.add(i32x4.splat(seed), i32x4.mul(i32x4.add(i32x4.splat(from + 1), i32x4(0, 1, 2, 3)), i32x4.splat(0x9e3779b9)))
  for (let left = to - from, at = <usize>from << 2; left > 0; left -= 4, at += 16, state = i32x4.add(state, step)) {
    let z = i32x4.mul(v128.xor(state, i32x4.shr_u(state, 16)), i32x4.splat(0x21f0aaad))
    z = i32x4.mul(v128.xor(z, i32x4.shr_u(z, 15)), i32x4.splat(0x735a2d97))
    z = v128.xor(z, i32x4.shr_u(z, 15))
    storeFirst(y + at, left, v128.andnot(f32x4.mul(loadFirst(x + at, left), scale), i32x4.lt_u(z, limit)))
  }
}
