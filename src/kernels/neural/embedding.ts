// Rows of a table by their numbers, and back. Numbers are i32; those outside the table stand for nothing.
import { loadFirst, storeFirst } from './lanes'

/** out[i] = row indices[i] of a table of `rows` rows of `width` f32, or zeros where there is none, for entries `from` … `to`−1. */
export function gatherRows(table: usize, rows: i32, width: i32, indices: usize, from: i32, to: i32, out: usize): void {
  const line = <usize>width << 2
  for (let i = from; i < to; i++) {
    const index = load<i32>(indices + (<usize>i << 2)), target = out + <usize>i * line
    if (<u32>index >= <u32>rows) {
      memory.fill(target, 0, line)
      continue
    }
    const source = table + <usize>index * line
    for (let left = width, k: usize = 0; left > 0; left -= 4, k += 16) storeFirst(target + k, left, loadFirst(source + k, left))
  }
}

/**
 * Rows `from` … `to`−1 of out = sums of those of `count` rows of values (`width` f32 each) whose index says so, in their order: the sum by segments, the gradient of an
 * embedding. Each thread takes rows of out and reads all indices: the same bits for any number of threads.
 */
export function sumBySegments(values: usize, width: i32, indices: usize, count: i32, from: i32, to: i32, out: usize): void {
  const line = <usize>width << 2
  memory.fill(out + <usize>from * line, 0, <usize>(to - from) * line)
  for (let i = 0; i < count; i++) {
    const index = load<i32>(indices + (<usize>i << 2))
    if (index < from || index >= to) continue
    const target = out + <usize>index * line, source = values + <usize>i * line
    for (let left = width, k: usize = 0; left > 0; left -= 4, k += 16) storeFirst(target + k, left, f32x4.add(loadFirst(target + k, left), loadFirst(source + k, left)))
  }
}
