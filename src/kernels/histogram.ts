// Histograms of gradients by bin: the inner loop of boosting.

// A row's bytes are loaded one by one: a zero-extending byte load is one instruction, while i8x16.extract_lane_u leaves a mask behind
// that no optimiser removes. Cell offsets are load and store immediates. `quads` is a constant after inlining.
// @ts-ignore: decorator
@inline
function addRow(out: usize, row: usize, gh: i64, quads: i32): void {
  const a0 = out + (<usize>load<u8>(row) << 3); store<i64>(a0, load<i64>(a0) + gh)
  const a1 = out + (<usize>load<u8>(row, 1) << 3); store<i64>(a1, load<i64>(a1, 2048) + gh, 2048)
  const a2 = out + (<usize>load<u8>(row, 2) << 3); store<i64>(a2, load<i64>(a2, 4096) + gh, 4096)
  const a3 = out + (<usize>load<u8>(row, 3) << 3); store<i64>(a3, load<i64>(a3, 6144) + gh, 6144)
  if (quads > 1) {
    const a4 = out + (<usize>load<u8>(row, 4) << 3); store<i64>(a4, load<i64>(a4, 8192) + gh, 8192)
    const a5 = out + (<usize>load<u8>(row, 5) << 3); store<i64>(a5, load<i64>(a5, 10240) + gh, 10240)
    const a6 = out + (<usize>load<u8>(row, 6) << 3); store<i64>(a6, load<i64>(a6, 12288) + gh, 12288)
    const a7 = out + (<usize>load<u8>(row, 7) << 3); store<i64>(a7, load<i64>(a7, 14336) + gh, 14336)
  }
  if (quads > 2) {
    const a8 = out + (<usize>load<u8>(row, 8) << 3); store<i64>(a8, load<i64>(a8, 16384) + gh, 16384)
    const a9 = out + (<usize>load<u8>(row, 9) << 3); store<i64>(a9, load<i64>(a9, 18432) + gh, 18432)
    const a10 = out + (<usize>load<u8>(row, 10) << 3); store<i64>(a10, load<i64>(a10, 20480) + gh, 20480)
    const a11 = out + (<usize>load<u8>(row, 11) << 3); store<i64>(a11, load<i64>(a11, 22528) + gh, 22528)
  }
  if (quads > 3) {
    const a12 = out + (<usize>load<u8>(row, 12) << 3); store<i64>(a12, load<i64>(a12, 24576) + gh, 24576)
    const a13 = out + (<usize>load<u8>(row, 13) << 3); store<i64>(a13, load<i64>(a13, 26624) + gh, 26624)
    const a14 = out + (<usize>load<u8>(row, 14) << 3); store<i64>(a14, load<i64>(a14, 28672) + gh, 28672)
    const a15 = out + (<usize>load<u8>(row, 15) << 3); store<i64>(a15, load<i64>(a15, 30720) + gh, 30720)
  }
}

// With an index, 32 rows are gathered into scratch before they are scattered: the cache misses of 32 rows overlap instead of waiting
// behind the additions.
// @ts-ignore: decorator
@inline
function addRows(rows: usize, index: usize, from: i32, to: i32, gh: usize, out: usize, scratch: usize, quads: i32): void {
  if (!index) {
    for (let i = from; i < to; i++) addRow(out, rows + (<usize>i << 4), load<i64>(gh + (<usize>i << 3)), quads)
    return
  }
  let p = index + (<usize>from << 2)
  const end = index + (<usize>to << 2), gathered = scratch + 512
  for (; p + 128 <= end; p += 128) {
    for (let j: usize = 0; j < 32; j++) {
      const k = <usize>load<u32>(p + (j << 2))
      v128.store(scratch + (j << 4), v128.load(rows + (k << 4)))
      store<i64>(gathered + (j << 3), load<i64>(gh + (k << 3)))
    }
    for (let j: usize = 0; j < 32; j++) addRow(out, scratch + (j << 4), load<i64>(gathered + (j << 3)), quads)
  }
  for (; p < end; p += 4) {
    const k = <usize>load<u32>(p)
    addRow(out, rows + (k << 4), load<i64>(gh + (k << 3)), quads)
  }
}

/**
 * Histograms of bundles `firstBundle` … `lastBundle`−1 over entries `from` … `to`−1 of `index` (0: over rows `from` … `to`−1), written to `out`,
 * 32,768 bytes per bundle, the first bundle first. `features` counts all features of the matrix; `scratch` takes 768 bytes. Only the first `used`
 * cells of each feature are cleared before: no row may be in a bin behind them.
 */
export function histogram(
  rows: usize, bundleStride: usize, firstBundle: i32, lastBundle: i32, features: i32,
  index: usize, from: i32, to: i32, gh: usize, out: usize, scratch: usize, used: i32,
): void {
  if (used == 256) memory.fill(out, 0, <usize>(lastBundle - firstBundle) << 15)
  else for (let p = out, end = out + (<usize>(lastBundle - firstBundle) << 15); p < end; p += 2048) memory.fill(p, 0, <usize>used << 3)
  for (let j = firstBundle; j < lastBundle; j++, out += 32768) {
    const bundle = rows + <usize>j * bundleStride, count = features - (j << 4)
    if (count > 12) addRows(bundle, index, from, to, gh, out, scratch, 4)
    else if (count > 8) addRows(bundle, index, from, to, gh, out, scratch, 3)
    else if (count > 4) addRows(bundle, index, from, to, gh, out, scratch, 2)
    else addRows(bundle, index, from, to, gh, out, scratch, 1)
  }
}

/** Takes the first `used` cells (a multiple of 4) of each of `features` features from `cells` in place. Sibling = parent − child. */
export function subtractCells(cells: usize, other: usize, features: i32, used: i32): void {
  const width = <usize>used << 3, skip: usize = 2048 - width
  for (let f = 0; f < features; f++, cells += skip, other += skip) {
    for (const end = cells + width; cells < end; cells += 32, other += 32) {
      v128.store(cells, i64x2.sub(v128.load(cells), v128.load(other)))
      v128.store(cells, i64x2.sub(v128.load(cells, 16), v128.load(other, 16)), 16)
    }
  }
}

/** Adds the first `used` cells (a multiple of 4) of each of `features` features to `cells` in place. */
export function addCells(cells: usize, other: usize, features: i32, used: i32): void {
  const width = <usize>used << 3, skip: usize = 2048 - width
  for (let f = 0; f < features; f++, cells += skip, other += skip) {
    for (const end = cells + width; cells < end; cells += 32, other += 32) {
      v128.store(cells, i64x2.add(v128.load(cells), v128.load(other)))
      v128.store(cells, i64x2.add(v128.load(cells, 16), v128.load(other, 16)), 16)
    }
  }
}
