// Rows walk down the trees of a forest, four at a time, so that their memory accesses overlap. Layouts in forest-layout.ts.

// @ts-ignore: decorator
@inline
function next(at: u32, word: i32, left: u32, column: usize, stride: usize, nodes: usize, sets: usize): u32 {
  if (word < 0) return at // a leaf
  const bin = <u32>load<u8>(column + <usize>(word >> 10) * stride)
  if (word & 0x200) {
    const bits = sets + (<usize>load<u32>(nodes + (<usize>left << 3), 20) << 5)
    return left + 1 - ((<u32>load<u8>(bits + (bin >> 3)) >> (bin & 7)) & 1)
  }
  const right = <u32>(word >> 8) & 1
  return left + <u32>(bin - right > (<u32>word & 255) - right)
}

function add(leaf: u32, values: usize, outputs: i32, out: usize): void {
  let v = values + ((<usize>leaf * outputs) << 2)
  for (const end = out + (<usize>outputs << 3); out < end; out += 8, v += 4) store<f64>(out, load<f64>(out) + <f64>load<f32>(v))
}

function walkTree(
  columns: usize, stride: usize, from: i32, to: i32, nodes: usize, values: usize, sets: usize, outputs: i32, out: usize, counts: usize, seen: usize,
): void {
  const width = <usize>outputs << 3
  let i = from
  if (!counts) {
    for (; i + 4 <= to; i += 4) {
      const c = columns + i
      let a: u32 = 0, b: u32 = 0, d: u32 = 0, e: u32 = 0
      for (;;) {
        const na = load<i64>(nodes + (<usize>a << 3)), nb = load<i64>(nodes + (<usize>b << 3))
        const nd = load<i64>(nodes + (<usize>d << 3)), ne = load<i64>(nodes + (<usize>e << 3))
        if ((<i32>na & <i32>nb & <i32>nd & <i32>ne) < 0) {
          const o = out + <usize>i * width
          add(<u32>(na >> 32), values, outputs, o)
          add(<u32>(nb >> 32), values, outputs, o + width)
          add(<u32>(nd >> 32), values, outputs, o + 2 * width)
          add(<u32>(ne >> 32), values, outputs, o + 3 * width)
          break
        }
        a = next(a, <i32>na, <u32>(na >> 32), c, stride, nodes, sets)
        b = next(b, <i32>nb, <u32>(nb >> 32), c + 1, stride, nodes, sets)
        d = next(d, <i32>nd, <u32>(nd >> 32), c + 2, stride, nodes, sets)
        e = next(e, <i32>ne, <u32>(ne >> 32), c + 3, stride, nodes, sets)
      }
    }
  }
  for (; i < to; i++) {
    if (counts) {
      if (load<u8>(counts + i)) continue
      const s = seen + (<usize>i << 2)
      store<u32>(s, load<u32>(s) + 1)
    }
    let at: u32 = 0
    for (;;) {
      const n = load<i64>(nodes + (<usize>at << 3))
      if (<i32>n < 0) { add(<u32>(n >> 32), values, outputs, out + <usize>i * width); break }
      at = next(at, <i32>n, <u32>(n >> 32), columns + i, stride, nodes, sets)
    }
  }
}

/**
 * Adds the leaf values of trees `firstTree` … `lastTree`−1 to rows `from` … `to`−1: f64 at `out`, row after row, `outputs` each. `trees` holds per tree
 * three i32: its first node, leaf and set. With `counts` (u8 per row), only rows with 0 are scored, and counted in `seen` (u32 per row).
 */
export function scoreForest(
  columns: usize, stride: usize, from: i32, to: i32, firstTree: i32, lastTree: i32, trees: usize, nodes: usize, values: usize, sets: usize,
  outputs: i32, out: usize, counts: usize, seen: usize,
): void {
  for (let t = firstTree; t < lastTree; t++) {
    const tree = trees + <usize>t * 12
    const leaves = values + ((<usize>load<u32>(tree, 4) * outputs) << 2)
    walkTree(columns, stride, from, to, nodes + (<usize>load<u32>(tree) << 3), leaves, sets + (<usize>load<u32>(tree, 8) << 5), outputs, out, counts, seen)
  }
}
