// From numbers to bins: quantiles by a radix sort, then one byte per cell.

/**
 * Sorts `n` floats at `values` (destroyed) into `sorted`, ascending, −0 before +0; no NaN among them. Least significant digit first, 3 passes of
 * 11 bits. `counts` takes 24,576 bytes.
 */
export function sortFloats(values: usize, sorted: usize, n: i32, counts: usize): void {
  memory.fill(counts, 0, 24576)
  const end = values + (<usize>n << 2), sortedEnd = sorted + (<usize>n << 2)
  for (let p = values; p < end; p += 4) {
    let k = load<u32>(p)
    k ^= <u32>(<i32>k >> 31) | 0x80000000 // a float's bits, made to order as an unsigned integer
    store<u32>(p, k)
    let c = counts + (<usize>(k & 2047) << 2)
    store<u32>(c, load<u32>(c) + 1)
    c = counts + (<usize>((k >> 11) & 2047) << 2)
    store<u32>(c, load<u32>(c, 8192) + 1, 8192)
    c = counts + (<usize>(k >> 22) << 2)
    store<u32>(c, load<u32>(c, 16384) + 1, 16384)
  }
  for (let q: usize = 0; q < 3; q++) {
    let s: u32 = 0
    for (let c = counts + q * 8192, ce = c + 8192; c < ce; c += 4) { const x = load<u32>(c); store<u32>(c, s); s += x }
  }
  for (let p = values; p < end; p += 4) {
    const k = load<u32>(p), c = counts + (<usize>(k & 2047) << 2), d = load<u32>(c)
    store<u32>(c, d + 1)
    store<u32>(sorted + (<usize>d << 2), k)
  }
  for (let p = sorted; p < sortedEnd; p += 4) {
    const k = load<u32>(p), c = counts + (<usize>((k >> 11) & 2047) << 2), d = load<u32>(c, 8192)
    store<u32>(c, d + 1, 8192)
    store<u32>(values + (<usize>d << 2), k)
  }
  for (let p = values; p < end; p += 4) {
    const k = load<u32>(p), c = counts + (<usize>(k >> 22) << 2), d = load<u32>(c, 16384)
    store<u32>(c, d + 1, 16384)
    store<u32>(sorted + (<usize>d << 2), k ^ (<u32>(<i32>~k >> 31) | 0x80000000))
  }
}

// One step of a binary search without branches: half the table (2^steps − 1 floats, padded with +∞) is left behind where its middle is below v.
// @ts-ignore: decorator
@inline
function search(table: usize, v: f32, steps: i32): usize {
  let q = table
  if (steps > 7) q += <usize>(load<f32>(q, 508) < v) << 9
  if (steps > 6) q += <usize>(load<f32>(q, 252) < v) << 8
  if (steps > 5) q += <usize>(load<f32>(q, 124) < v) << 7
  if (steps > 4) q += <usize>(load<f32>(q, 60) < v) << 6
  if (steps > 3) q += <usize>(load<f32>(q, 28) < v) << 5
  if (steps > 2) q += <usize>(load<f32>(q, 12) < v) << 4
  if (steps > 1) q += <usize>(load<f32>(q, 4) < v) << 3
  q += <usize>(load<f32>(q) < v) << 2
  return q
}

// @ts-ignore: decorator
@inline
function binNumbers(x: usize, from: i32, to: i32, table: usize, out: usize, steps: i32): void {
  for (let i = from; i < to; i++) {
    const v = load<f32>(x + (<usize>i << 2))
    const bin = <u32>((search(table, v, steps) - table) >> 2) + 1
    store<u8>(out + i, <u8>(v == v ? bin : 0))
  }
}

function binCodes(x: usize, from: i32, to: i32, table: usize, codes: i32, out: usize): void {
  for (let i = from; i < to; i++) {
    const v = load<f32>(x + (<usize>i << 2))
    let bin: u8 = 0
    if (v >= 0 && v < <f32>codes) { // false for NaN
      const code = <i32>v
      if (<f32>code == v) bin = load<u8>(table + code)
    }
    store<u8>(out + i, bin)
  }
}

/**
 * Bins rows `from` … `to`−1 of all features. `x`: f32, feature after feature, `xStride` bytes apart; `out`: bytes, feature after feature,
 * `outStride` apart. `tables` holds per feature three i32: kind (0 numeric, 1 categorical), address of its table, length.
 * Numeric: length = steps 1 … 8 over a table of 2^steps − 1 ascending f32 thresholds padded with +∞; bin = 1 + how many thresholds are < value.
 * Categorical: length = codes, one byte each: its bin. NaN, fractions and codes out of range give bin 0.
 */
export function binColumns(x: usize, xStride: usize, from: i32, to: i32, features: i32, tables: usize, out: usize, outStride: usize): void {
  for (let f = 0; f < features; f++, x += xStride, out += outStride, tables += 12) {
    const table = <usize>load<i32>(tables, 4), length = load<i32>(tables, 8)
    if (load<i32>(tables)) { binCodes(x, from, to, table, length, out); continue }
    if (length == 1) binNumbers(x, from, to, table, out, 1)
    else if (length == 2) binNumbers(x, from, to, table, out, 2)
    else if (length == 3) binNumbers(x, from, to, table, out, 3)
    else if (length == 4) binNumbers(x, from, to, table, out, 4)
    else if (length == 5) binNumbers(x, from, to, table, out, 5)
    else if (length == 6) binNumbers(x, from, to, table, out, 6)
    else if (length == 7) binNumbers(x, from, to, table, out, 7)
    else binNumbers(x, from, to, table, out, 8)
  }
}

/** Copies bins from columns (`columnStride` apart) into bundles of rows (see boosting.ts); cells beyond the last feature become 0. */
export function interleave(columns: usize, columnStride: usize, features: i32, from: i32, to: i32, rows: usize, bundleStride: usize): void {
  for (let first = 0; first < features; first += 16, rows += bundleStride) {
    const used = min(16, features - first), source = columns + <usize>first * columnStride
    for (let block = from; block < to; block += 256) { // 256 rows of a bundle stay in the first-level cache
      const end = min(to, block + 256)
      if (used < 16) memory.fill(rows + (<usize>block << 4), 0, <usize>(end - block) << 4)
      for (let f = 0; f < used; f++) {
        const column = source + <usize>f * columnStride
        let o = rows + (<usize>block << 4) + f
        for (let i = block; i < end; i++, o += 16) store<u8>(o, load<u8>(column + i))
      }
    }
  }
}
