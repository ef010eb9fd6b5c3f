// Operands of a product laid out as the inner loop reads them: row after row of the depth, so that every load is the next one.
//
// Rows       panels of 6 rows of A: [panel][depth][6]; rows behind the last are zeros.
// Columns    panels of 8 columns of B: [panel][depth][8]; columns behind the last are zeros.
//
// Strides are in bytes.

export const ROWS: i32 = 6
export const COLUMNS: i32 = 8

/** Packs `rows` × `depth` of A into panels of 6 rows. */
export function packRows(a: usize, row: usize, column: usize, rows: i32, depth: i32, out: usize): void {
  const panel = <usize>(depth * ROWS) << 2
  let i = 0
  if (row == 4) {
    for (; i + 4 * ROWS <= rows; i += 4 * ROWS, a += <usize>ROWS << 4, out += panel << 2) packFourPanelsOfRows(a, column, depth, out, panel)
  }
  for (; i < rows; i += ROWS, a += <usize>ROWS * row, out += panel) {
    const count = min(ROWS, rows - i)
    if (count == ROWS && column == 4) packSixRows(a, row, depth, out)
    else if (count == ROWS && row == 4) packSixColumns(a, column, depth, out)
    else packSome(a, row, column, count, ROWS, depth, out)
  }
}

/** Packs `depth` × `columns` of B into panels of 8 columns. */
export function packColumns(b: usize, row: usize, column: usize, depth: i32, columns: i32, out: usize): void {
  const panel = <usize>(depth * COLUMNS) << 2
  let j = 0
  if (column == 4) {
    for (; j + 4 * COLUMNS <= columns; j += 4 * COLUMNS, b += <usize>COLUMNS << 4, out += panel << 2) packFourPanelsOfColumns(b, row, depth, out, panel)
  }
  for (; j < columns; j += COLUMNS, b += <usize>COLUMNS * column, out += panel) {
    const count = min(COLUMNS, columns - j)
    if (count == COLUMNS && column == 4) {
      for (let k = 0, p = b, o = out; k < depth; k++, p += row, o += 32) {
        v128.store(o, v128.load(p))
        v128.store(o, v128.load(p, 16), 16)
      }
    } else if (count == COLUMNS && row == 4) packEightRows(b, column, depth, out)
    else packSome(b, column, row, count, COLUMNS, depth, out)
  }
}

// Four panels at once use what a cache line brings: lines of a matrix are often a power of two apart and drive each other out.

function packFourPanelsOfColumns(b: usize, row: usize, depth: i32, out: usize, panel: usize): void {
  const second = out + panel, third = second + panel, fourth = third + panel
  for (let k: usize = 0, end = <usize>depth << 5; k < end; k += 32, b += row) {
    v128.store(out + k, v128.load(b))
    v128.store(out + k, v128.load(b, 16), 16)
    v128.store(second + k, v128.load(b, 32))
    v128.store(second + k, v128.load(b, 48), 16)
    v128.store(third + k, v128.load(b, 64))
    v128.store(third + k, v128.load(b, 80), 16)
    v128.store(fourth + k, v128.load(b, 96))
    v128.store(fourth + k, v128.load(b, 112), 16)
  }
}

function packFourPanelsOfRows(a: usize, step: usize, depth: i32, out: usize, panel: usize): void {
  const third = out + (panel << 1)
  for (let k: usize = 0, end = <usize>depth * 24; k < end; k += 24, a += step) {
    packTwelve(a, out + k, panel)
    packTwelve(a + 48, third + k, panel)
  }
}

/** Twelve cells that lie one behind the other, six to each of two panels. */
// @ts-ignore: decorator
@inline
function packTwelve(a: usize, out: usize, panel: usize): void {
  const middle = v128.load(a, 16)
  v128.store(out, v128.load(a))
  v128.store64_lane(out, middle, 0, 16)
  v128.store64_lane(out + panel, middle, 1)
  v128.store(out + panel, v128.load(a, 32), 8)
}

/** Any strides and any number of lines: out[k][i] = cell(i, k), zeros from `count` on. */
function packSome(from: usize, line: usize, step: usize, count: i32, width: i32, depth: i32, out: usize): void {
  for (let k = 0; k < depth; k++, from += step) {
    let p = from
    for (let i = 0; i < count; i++, p += line, out += 4) store<f32>(out, load<f32>(p))
    for (let i = count; i < width; i++, out += 4) store<f32>(out, 0)
  }
}

/** Six lines whose cells lie one behind the other along the depth. */
function packSixRows(a: usize, row: usize, depth: i32, out: usize): void {
  const a1 = a + row, a2 = a1 + row, a3 = a2 + row, a4 = a3 + row, a5 = a4 + row
  const whole = <usize>(depth & ~3) << 2, end = <usize>depth << 2
  let k: usize = 0
  for (; k < whole; k += 16, out += 96) {
    const x = v128.load(a + k), y = v128.load(a1 + k), z = v128.load(a2 + k), w = v128.load(a3 + k)
    const u = v128.load(a4 + k), v = v128.load(a5 + k)
    const xyLow = v128.shuffle<f32>(x, y, 0, 4, 1, 5), xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7)
    const zwLow = v128.shuffle<f32>(z, w, 0, 4, 1, 5), zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7)
    const uvLow = v128.shuffle<f32>(u, v, 0, 4, 1, 5), uvHigh = v128.shuffle<f32>(u, v, 2, 6, 3, 7)
    v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 0, 2))
    v128.store64_lane(out, uvLow, 0, 16)
    v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 1, 3), 24)
    v128.store64_lane(out, uvLow, 1, 40)
    v128.store(out, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2), 48)
    v128.store64_lane(out, uvHigh, 0, 64)
    v128.store(out, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3), 72)
    v128.store64_lane(out, uvHigh, 1, 88)
  }
  for (; k < end; k += 4, out += 24) {
    store<f32>(out, load<f32>(a + k))
    store<f32>(out, load<f32>(a1 + k), 4)
    store<f32>(out, load<f32>(a2 + k), 8)
    store<f32>(out, load<f32>(a3 + k), 12)
    store<f32>(out, load<f32>(a4 + k), 16)
    store<f32>(out, load<f32>(a5 + k), 20)
  }
}

/** Six cells that lie one behind the other, `depth` times. */
function packSixColumns(a: usize, step: usize, depth: i32, out: usize): void {
  for (let k = 0; k < depth; k++, a += step, out += 24) {
    v128.store(out, v128.load(a))
    v128.store64_lane(out, v128.load64_zero(a, 16), 0, 16)
  }
}

/** Eight lines whose cells lie one behind the other along the depth. */
function packEightRows(b: usize, line: usize, depth: i32, out: usize): void {
  const whole = <usize>(depth & ~3) << 2, end = <usize>depth << 2, four = line << 2
  let k: usize = 0
  for (; k < whole; k += 16, out += 128) {
    transposeFour(b + k, line, out)
    transposeFour(b + four + k, line, out + 16)
  }
  for (; k < end; k += 4, out += 32) {
    for (let i: usize = 0, p = b + k; i < 32; i += 4, p += line) store<f32>(out + i, load<f32>(p))
  }
}

/** Four cells of each of four lines, transposed; results 32 bytes apart. */
// @ts-ignore: decorator
@inline
function transposeFour(from: usize, line: usize, out: usize): void {
  const x = v128.load(from), y = v128.load(from + line), z = v128.load(from + 2 * line), w = v128.load(from + 3 * line)
  const xyLow = v128.shuffle<f32>(x, y, 0, 4, 1, 5), xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7)
  const zwLow = v128.shuffle<f32>(z, w, 0, 4, 1, 5), zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 0, 2))
  v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 1, 3), 32)
  v128.store(out, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2), 64)
  v128.store(out, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3), 96)
}
