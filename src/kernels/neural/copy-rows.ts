import { loadFirst, storeFirst } from './lanes'

/** The first `width` words of each of rows `from` … `to`−1, `sourceRow` words apart in `source`, `targetRow` words apart in `target`: columns cut out of a matrix, or put into one. */
export function copyRows(source: usize, sourceRow: i32, target: usize, targetRow: i32, from: i32, to: i32, width: i32): void {
  const sourceStep = <usize>sourceRow << 2, targetStep = <usize>targetRow << 2
  source += <usize>from * sourceStep
  target += <usize>from * targetStep
  for (let i = from; i < to; i++, source += sourceStep, target += targetStep) {
    let k: usize = 0
    for (let left = width; left > 0; left -= 4, k += 16) storeFirst(target + k, left, loadFirst(source + k, left))
  }
}
