// Products of a linear model's design with vectors, in float64 over float32 cells.
//
// Layouts
//   cells     f32 column after column, `rows` each: cell (i, j) at cells + (j * rows + i) * 4.
//   entries   of sparse columns: u32 row and f32 value per entry, those of one column together; a row without an entry holds the
//             column's base, and `value − base` (f64) is what enters a product.
//   vectors   f64: `out` and `residual` per row, `weights`, `sums`, `bases` per column.
//
// Sums are taken in one fixed order per row or column, without fused multiply-adds: any number of threads, and any machine, gives
// the same bits.

const BLOCK: i32 = 1024 // rows whose `out` (8 KiB) stays in the first-level cache while every column passes

/** out[i] += Σ_j weights[j] · cell(i, j), in column order, for rows `from` … `to`−1. */
export function denseScores(cells: usize, rows: i32, weights: usize, columns: i32, from: i32, to: i32, out: usize): void {
  const stride = <usize>rows << 2
  for (let start = from; start < to; start += BLOCK) {
    const end = min(start + BLOCK, to), whole = start + ((end - start) & ~3)
    let j = 0
    for (; j + 1 < columns; j += 2) {
      const a = cells + <usize>j * stride, b = a + stride
      const w = load<f64>(weights + (<usize>j << 3)), u = load<f64>(weights + (<usize>j << 3), 8)
      const w2 = f64x2.splat(w), u2 = f64x2.splat(u)
      for (let i = start; i < whole; i += 4) {
        const x = v128.load(a + (<usize>i << 2)), y = v128.load(b + (<usize>i << 2)), o = out + (<usize>i << 3)
        const low = f64x2.add(v128.load(o), f64x2.mul(w2, f64x2.promote_low_f32x4(x)))
        const high = f64x2.add(v128.load(o, 16), f64x2.mul(w2, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))))
        v128.store(o, f64x2.add(low, f64x2.mul(u2, f64x2.promote_low_f32x4(y))))
        v128.store(o, f64x2.add(high, f64x2.mul(u2, f64x2.promote_low_f32x4(v128.shuffle<i32>(y, y, 2, 3, 2, 3)))), 16)
      }
      for (let i = whole; i < end; i++) {
        const o = out + (<usize>i << 3)
        store<f64>(o, load<f64>(o) + w * <f64>load<f32>(a + (<usize>i << 2)) + u * <f64>load<f32>(b + (<usize>i << 2)))
      }
    }
    if (j < columns) {
      const a = cells + <usize>j * stride, w = load<f64>(weights + (<usize>j << 3))
      for (let i = start; i < end; i++) {
        const o = out + (<usize>i << 3)
        store<f64>(o, load<f64>(o) + w * <f64>load<f32>(a + (<usize>i << 2)))
      }
    }
  }
}

/** sums[j] = Σ_i residual[i] · cell(i, j) for columns `from` … `to`−1: four partial sums by row mod 4, added as (0 + 1) + (2 + 3), then the rows left over. */
export function denseSums(cells: usize, rows: i32, residual: usize, from: i32, to: i32, sums: usize): void {
  const stride = <usize>rows << 2, whole = rows & ~3
  for (let j = from; j < to; j += 4) {
    // Columns beyond the last repeat it: one loop for any number, and each column's sum is the same whichever its neighbours are.
    const last = to - 1
    const a = cells + <usize>j * stride, b = cells + <usize>min(j + 1, last) * stride
    const c = cells + <usize>min(j + 2, last) * stride, d = cells + <usize>min(j + 3, last) * stride
    let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0
    for (let i = 0; i < whole; i += 4) {
      const at = <usize>i << 2, r0 = v128.load(residual + (at << 1)), r1 = v128.load(residual + (at << 1), 16)
      let x = v128.load(a + at)
      a0 = f64x2.add(a0, f64x2.mul(r0, f64x2.promote_low_f32x4(x)))
      a1 = f64x2.add(a1, f64x2.mul(r1, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))))
      x = v128.load(b + at)
      b0 = f64x2.add(b0, f64x2.mul(r0, f64x2.promote_low_f32x4(x)))
      b1 = f64x2.add(b1, f64x2.mul(r1, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))))
      x = v128.load(c + at)
      c0 = f64x2.add(c0, f64x2.mul(r0, f64x2.promote_low_f32x4(x)))
      c1 = f64x2.add(c1, f64x2.mul(r1, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))))
      x = v128.load(d + at)
      d0 = f64x2.add(d0, f64x2.mul(r0, f64x2.promote_low_f32x4(x)))
      d1 = f64x2.add(d1, f64x2.mul(r1, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))))
    }
    finish(a, residual, whole, rows, a0, a1, sums + (<usize>j << 3))
    if (j + 1 < to) finish(b, residual, whole, rows, b0, b1, sums + (<usize>(j + 1) << 3))
    if (j + 2 < to) finish(c, residual, whole, rows, c0, c1, sums + (<usize>(j + 2) << 3))
    if (j + 3 < to) finish(d, residual, whole, rows, d0, d1, sums + (<usize>(j + 3) << 3))
  }
}

// @ts-ignore: decorator
@inline
function finish(column: usize, residual: usize, from: i32, rows: i32, low: v128, high: v128, sum: usize): void {
  let total = (f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1))
  for (let i = from; i < rows; i++) total += load<f64>(residual + (<usize>i << 3)) * <f64>load<f32>(column + (<usize>i << 2))
  store<f64>(sum, total)
}

/**
 * out[row] += weights[j] · (value − base_j) for the entries starts[j] … ends[j]−1 (i32) of every column, in column order. A thread takes
 * a range of rows by the starts and ends that it is given.
 */
export function sparseScores(starts: usize, ends: usize, rows: usize, values: usize, bases: usize, weights: usize, columns: i32, out: usize): void {
  for (let j = 0; j < columns; j++) {
    const w = load<f64>(weights + (<usize>j << 3))
    if (w == 0) continue
    const base = load<f64>(bases + (<usize>j << 3))
    const end = <usize>load<i32>(ends + (<usize>j << 2)) << 2
    for (let k = <usize>load<i32>(starts + (<usize>j << 2)) << 2; k < end; k += 4) {
      const o = out + (<usize>load<u32>(rows + k) << 3)
      store<f64>(o, load<f64>(o) + w * (<f64>load<f32>(values + k) - base))
    }
  }
}

/** sums[j] = Σ residual[row] · (value − base_j) over the entries starts[j] … starts[j + 1]−1 (i32) of columns `from` … `to`−1. */
export function sparseSums(starts: usize, rows: usize, values: usize, bases: usize, residual: usize, from: i32, to: i32, sums: usize): void {
  for (let j = from; j < to; j++) {
    const base = load<f64>(bases + (<usize>j << 3))
    const end = <usize>load<i32>(starts + (<usize>j << 2), 4) << 2
    let sum: f64 = 0
    for (let k = <usize>load<i32>(starts + (<usize>j << 2)) << 2; k < end; k += 4) {
      sum += load<f64>(residual + (<usize>load<u32>(rows + k) << 3)) * (<f64>load<f32>(values + k) - base)
    }
    store<f64>(sums + (<usize>j << 3), sum)
  }
}

/**
 * panel(i, j) = (cell(first + i, j) − centre_j) · scale_j in float32, for `count` rows (a multiple of 4) and columns `from` … `to`−1;
 * column j of the panel at panel + j * count * 4. Centres and scales: f64 per column.
 */
export function standardise(cells: usize, rows: i32, centres: usize, scales: usize, from: i32, to: i32, first: i32, count: i32, panel: usize): void {
  for (let j = from; j < to; j++) {
    const source = cells + ((<usize>j * <usize>rows + <usize>first) << 2), target = panel + ((<usize>j * <usize>count) << 2)
    const centre = f32x4.splat(<f32>load<f64>(centres + (<usize>j << 3))), scale = f32x4.splat(<f32>load<f64>(scales + (<usize>j << 3)))
    for (let i = <usize>0, end = <usize>count << 2; i < end; i += 16) {
      v128.store(target + i, f32x4.mul(f32x4.sub(v128.load(source + i), centre), scale))
    }
  }
}

/** gram[j · columns + k] (f64) += Σ_i panel(i, j) · panel(i, k) for `from` ≤ j < `to`, k ≤ j; `panel` as `standardise` leaves it, `count` a multiple of 4. */
export function addGram(panel: usize, count: i32, columns: i32, from: i32, to: i32, gram: usize): void {
  const stride = <usize>count << 2
  for (let j = from; j < to; j += 2) {
    const pair = j + 1 < to
    const a = panel + <usize>j * stride, b = pair ? a + stride : a
    const top = pair ? j + 1 : j
    for (let k = 0; k <= top; k += 4) {
      const p = panel + <usize>k * stride, q = panel + <usize>min(k + 1, top) * stride
      const r = panel + <usize>min(k + 2, top) * stride, s = panel + <usize>min(k + 3, top) * stride
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0
      for (let i = <usize>0; i < stride; i += 16) {
        const x = v128.load(a + i), y = v128.load(b + i)
        const t = v128.load(p + i), u = v128.load(q + i), v = v128.load(r + i), w = v128.load(s + i)
        a0 = f32x4.add(a0, f32x4.mul(x, t))
        b0 = f32x4.add(b0, f32x4.mul(y, t))
        a1 = f32x4.add(a1, f32x4.mul(x, u))
        b1 = f32x4.add(b1, f32x4.mul(y, u))
        a2 = f32x4.add(a2, f32x4.mul(x, v))
        b2 = f32x4.add(b2, f32x4.mul(y, v))
        a3 = f32x4.add(a3, f32x4.mul(x, w))
        b3 = f32x4.add(b3, f32x4.mul(y, w))
      }
      addTo(gram, columns, j, k, a0)
      if (k + 1 <= j) addTo(gram, columns, j, k + 1, a1)
      if (k + 2 <= j) addTo(gram, columns, j, k + 2, a2)
      if (k + 3 <= j) addTo(gram, columns, j, k + 3, a3)
      if (!pair) continue
      addTo(gram, columns, top, k, b0)
      if (k + 1 <= top) addTo(gram, columns, top, k + 1, b1)
      if (k + 2 <= top) addTo(gram, columns, top, k + 2, b2)
      if (k + 3 <= top) addTo(gram, columns, top, k + 3, b3)
    }
  }
}

/**
 * Adds the Gram matrix of the standardised columns over the blocks of `block` rows (a multiple of 4) that begin at rows `from`, `from` + `stride`, … before `to`;
 * of the last block whole fours of rows. `panel` has room for a block: `block` × columns f32.
 */
export function gramOfBlocks(
  cells: usize, rows: i32, centres: usize, scales: usize, columns: i32, block: i32, stride: i32, from: i32, to: i32, panel: usize, gram: usize,
): void {
  for (let first = from; first < to; first += stride) {
    const count = min(block, rows - first) & ~3
    if (count == 0) continue
    standardise(cells, rows, centres, scales, 0, columns, first, count, panel)
    addGram(panel, count, columns, 0, columns, gram)
  }
}

// @ts-ignore: decorator
@inline
function addTo(gram: usize, columns: i32, j: i32, k: i32, sums: v128): void {
  const at = gram + ((<usize>j * <usize>columns + <usize>k) << 3)
  const total = (<f64>f32x4.extract_lane(sums, 0) + <f64>f32x4.extract_lane(sums, 1)) + (<f64>f32x4.extract_lane(sums, 2) + <f64>f32x4.extract_lane(sums, 3))
  store<f64>(at, load<f64>(at) + total)
}
