// Where a growing tree of a forest keeps what: a record of 512 bytes that the host fills, all little-endian. Addresses and counts are i32.
//
// Entries   one i64 per row in the bag: row in bits 0 … 25, how often it was drawn in bits 26 … 31, in the high half the class or the target in
//           fixed point. Entries of a node lie together, in ascending order of rows.
// Nodes     two i32 each, children side by side behind their parent.
//             numeric split   feature << 10 | missing goes right << 8 | last bin that goes left;  place of the left child
//             split by set    feature << 10 | 0x200;  place of the left child; the right child and the place of the set follow
//             leaf            −1;  number of the leaf
//             place of a set  −2;  number of the set
// Values    f32 per leaf and output.     Sets   32 bytes each: bit b is set where bin b goes left.

export const ROWS: usize = 0, FEATURES: usize = 4, COLUMNS: usize = 8, STRIDE: usize = 12 // bins column after column, as for boosting
export const DESCRIBE: usize = 16 // per feature one i32, as for `findSplit`
export const TARGET: usize = 20 // i32 per row: class, or number in fixed point
export const CLASSES: usize = 24 // 0: numbers
export const CLASS_WEIGHTS: usize = 28 // f64 per class
export const VISITS: usize = 32 // features that a split looks at
export const LEAST: usize = 36 // rows in a leaf, counted as often as they were drawn
export const DEEPEST: usize = 40
export const FLAGS: usize = 44
export const ENTRIES: usize = 48, ASIDE: usize = 52 // 8 bytes per row each
export const COUNTS: usize = 56 // u8 per row: how often it was drawn
export const NODES: usize = 60, VALUES: usize = 64, SETS: usize = 68
export const GAINS: usize = 72 // f64 per feature
export const ORDER: usize = 76 // u32 per feature
export const CELLS: usize = 80 // 256 bins × max(16, 4 × classes) bytes, zero between nodes
export const SCRATCH: usize = 84 // 4,096 bytes and 32 per class, zero at first
export const STACK: usize = 88 // 1,024 bytes: four i32 per open node
export const DRAWS: usize = 92, OUTPUTS: usize = 96
export const UNIT: usize = 104 // f64: what one step of the fixed point is worth

// What the kernels write.
export const RANDOM: usize = 112 // i64
export const OPEN: usize = 120, NODES_USED: usize = 124, LEAVES_USED: usize = 128, SETS_USED: usize = 132
export const ACTIVE: usize = 136 // 1 while a node is being split: the next seven describe it
export const PLACE: usize = 140, FROM: usize = 144, TO: usize = 148, LEVEL: usize = 152
export const VISITED: usize = 156, VARIED: usize = 160, COUNT: usize = 164
export const PRESENT: usize = 168 // classes in the node
export const SUM: usize = 176 // i64
export const BASE: usize = 184 // f64: merit of the node as it is
export const BEST: usize = 192 // f64: merit of the best split so far, then four i32 and the set
export const BEST_FEATURE: usize = 200, BEST_BIN: usize = 204, BEST_RIGHT: usize = 208, BEST_IS_SET: usize = 212
export const BEST_LEFT: usize = 216 // rows that go left, counted as often as they were drawn
export const BEST_SET: usize = 224 // 32 bytes

export const RANDOM_CUTS: i32 = 1, ENTROPY: i32 = 2, WITH_REPLACEMENT: i32 = 4

// In SCRATCH: which bins occur, these bins in order, sorting space; then per class (K of them) what is in the node.
export const OCCURS: usize = 0, BINS: usize = 256, KEYS: usize = 512
export const TOTALS: usize = 4096 // u32 × K rows by class; then u32 × K number within the node, u32 × K classes that occur,
// u32 × K unused, f64 × K weights and f64 × K weighted rows on the left, both by number within the node.

export const CATEGORICAL: i32 = 0x10000
export const ROW_BITS: i64 = 26
export const ROW_MASK: u32 = 0x3ffffff

// @ts-ignore: decorator
@inline
export function get(g: usize, field: usize): i32 { return load<i32>(g + field) }

// @ts-ignore: decorator
@inline
export function address(g: usize, field: usize): usize { return <usize>load<u32>(g + field) }

// @ts-ignore: decorator
@inline
export function set(g: usize, field: usize, value: i32): void { store<i32>(g + field, value) }

/** 32 random bits (SplitMix64, Steele et al. 2014). */
export function randomBits(g: usize): u32 {
  const state = load<u64>(g + RANDOM) + 0x9e3779b97f4a7c15
  store<u64>(g + RANDOM, state)
  let z = state
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb
  return <u32>((z ^ (z >> 31)) >> 32)
}

/** A random whole number in 0 … n−1. */
export function below(g: usize, n: i32): i32 {
  return <i32>((<u64>randomBits(g) * <u64>n) >> 32)
}
