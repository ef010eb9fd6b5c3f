// Rows taken in another order. A finished tree's index groups rows by leaf; later trees resemble it, so that rows laid out in that order are
// read almost in sequence. Sums are integers: the model does not change.

/** to[i] = from[index[i]], one byte each, for `start` ≤ i < `end`. */
export function gatherBytes(to: usize, from: usize, index: usize, start: i32, end: i32): void {
  for (let i = <usize>start; i < <usize>end; i++) store<u8>(to + i, load<u8>(from + load<u32>(index + (i << 2))))
}

/** to[i] = from[index[i]], four bytes each, for `start` ≤ i < `end`. */
export function gatherWords(to: usize, from: usize, index: usize, start: i32, end: i32): void {
  for (let i = <usize>start; i < <usize>end; i++) store<u32>(to + (i << 2), load<u32>(from + (<usize>load<u32>(index + (i << 2)) << 2)))
}

/** to[i] = from[index[i]], sixteen bytes each, for `start` ≤ i < `end`. */
export function gatherRows(to: usize, from: usize, index: usize, start: i32, end: i32): void {
  for (let i = <usize>start; i < <usize>end; i++) v128.store(to + (i << 4), v128.load(from + (<usize>load<u32>(index + (i << 2)) << 4)))
}
