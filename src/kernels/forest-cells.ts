// What lies in each bin of one feature among the rows of a node: by class, or the sum of the numbers. Cells start and end as zeros.
import {
  BINS, CELLS, CLASSES, COLUMNS, ENTRIES, FROM, OCCURS, PRESENT, ROW_BITS, ROW_MASK, SCRATCH, STRIDE, TO, TOTALS, address, get,
} from './forest-layout'

// @ts-ignore: decorator
@inline
function times(entry: i64): i64 { return (entry >> ROW_BITS) & 63 }

function sumNumbers(entry: usize, end: usize, column: usize, cells: usize, occurs: usize): void {
  for (; entry < end; entry += 8) {
    const e = load<i64>(entry), bin = <usize>load<u8>(column + (<u32>e & ROW_MASK)), w = times(e), c = cells + (bin << 4)
    store<i64>(c, load<i64>(c) + w)
    store<i64>(c, load<i64>(c, 8) + w * (e >> 32), 8)
    store<u8>(occurs + bin, 255)
  }
}

// Two classes share a cell: the first in its low half.
function sumPair(entry: usize, end: usize, column: usize, cells: usize, occurs: usize, numbers: usize): void {
  for (; entry < end; entry += 8) {
    const e = load<i64>(entry), bin = <usize>load<u8>(column + (<u32>e & ROW_MASK)), c = cells + (bin << 3)
    store<i64>(c, load<i64>(c) + (times(e) << (<i64>load<u32>(numbers + (<usize>(e >> 32) << 2)) << 5)))
    store<u8>(occurs + bin, 255)
  }
}

function sumClasses(entry: usize, end: usize, column: usize, cells: usize, occurs: usize, numbers: usize, width: usize): void {
  for (; entry < end; entry += 8) {
    const e = load<i64>(entry), bin = <usize>load<u8>(column + (<u32>e & ROW_MASK))
    const c = cells + bin * width + (<usize>load<u32>(numbers + (<usize>(e >> 32) << 2)) << 2)
    store<u32>(c, load<u32>(c) + <u32>times(e))
    store<u8>(occurs + bin, 255)
  }
}

/** Bytes of a cell in the node at hand: count and sum of numbers, two classes, or a u32 per class. */
export function cellBytes(g: usize): usize {
  if (!get(g, CLASSES)) return 16
  return get(g, PRESENT) == 2 ? 8 : <usize>get(g, PRESENT) << 2
}

/** Fills the cells of one feature and lists the bins that occur, ascending; returns how many do. */
export function fillCells(g: usize, feature: i32): i32 {
  const entries = address(g, ENTRIES), entry = entries + (<usize>get(g, FROM) << 3), end = entries + (<usize>get(g, TO) << 3)
  const column = address(g, COLUMNS) + <usize>feature * address(g, STRIDE), cells = address(g, CELLS), scratch = address(g, SCRATCH)
  const classes = get(g, CLASSES), numbers = scratch + TOTALS + (<usize>classes << 2), occurs = scratch + OCCURS
  if (!classes) sumNumbers(entry, end, column, cells, occurs)
  else if (get(g, PRESENT) == 2) sumPair(entry, end, column, cells, occurs, numbers)
  else sumClasses(entry, end, column, cells, occurs, numbers, cellBytes(g))
  let m = 0
  for (let block = 0; block < 256; block += 16) {
    let bits = i8x16.bitmask(v128.load(occurs + block))
    for (; bits; bits &= bits - 1) store<u8>(scratch + BINS + m++, <u8>(block + ctz(bits)))
    v128.store(occurs + block, i64x2.splat(0))
  }
  return m
}

/** Makes the cells of the `m` bins in the list zero again. Store by store: a bulk fill of a few bytes costs more than the search among them. */
export function clearCells(g: usize, m: i32): void {
  const cells = address(g, CELLS), bins = address(g, SCRATCH) + BINS, width = cellBytes(g)
  for (let i = 0; i < m; i++) {
    let c = cells + <usize>load<u8>(bins + i) * width
    for (const end = c + width; c < end; c += 4) store<u32>(c, 0)
  }
}
