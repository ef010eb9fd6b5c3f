import { loadFirst, storeFirst } from './lanes'

/** out[j][i] = x[i][j] for vectors of `width` f32, i in `from` … `to`−1 of `first`, j < `second`: from batch before time to time before batch, and back. */
export function swapAxes(x: usize, first: i32, second: i32, width: i32, from: i32, to: i32, out: usize): void {
  const vector = <usize>width << 2
  for (let i = from; i < to; i++) {
    let source = x + <usize>(i * second) * vector, target = out + <usize>i * vector
    for (let j = 0; j < second; j++, target += <usize>first * vector) {
      let k: usize = 0
      for (let left = width; left > 0; left -= 4, k += 16) storeFirst(target + k, left, loadFirst(source + k, left))
      source += vector
    }
  }
}
