// Grows a tree of a forest (Breiman 2001; with random thresholds: Geurts et al. 2006), all of it on one thread: trees share nothing, so any number of
// threads gives the same ones. Layouts in forest-layout.ts.
//
// Of every node some features are visited in random order, and more of them until one varies, as scikit-learn does. Growing can be
// interrupted between two features: all that is known lies in the record.
import {
  ACTIVE, ASIDE, BASE, BEST, BEST_BIN, BEST_FEATURE, BEST_IS_SET, BEST_RIGHT, BEST_SET, CLASSES, CLASS_WEIGHTS, COLUMNS, COUNT, COUNTS, DEEPEST, DRAWS,
  ENTRIES, ENTROPY, FEATURES, FLAGS, FROM, GAINS, LEAST, LEAVES_USED, LEVEL, NODES, NODES_USED, OPEN, ORDER, OUTPUTS, PLACE, PRESENT, RANDOM, ROWS,
  ROW_BITS, ROW_MASK, SCRATCH, SETS, SETS_USED, STACK, STRIDE, SUM, TARGET, TO, TOTALS, UNIT, VALUES, VARIED, VISITED, VISITS, WITH_REPLACEMENT,
  address, below, get, set,
} from './forest-layout'
import { numberMerit, timesLog } from './forest-merit'
import { tryFeature } from './forest-feature'

function drawRows(g: usize): void {
  const rows = get(g, ROWS), draws = get(g, DRAWS), counts = address(g, COUNTS)
  memory.fill(counts, 0, rows)
  if (get(g, FLAGS) & WITH_REPLACEMENT) {
    for (let d = 0; d < draws; d++) {
      const a = counts + below(g, rows), count = load<u8>(a)
      if (count < 63) store<u8>(a, count + 1) // what an entry can hold; more never happens
    }
    return
  }
  for (let i = 0, left = draws; left > 0; i++) {
    if (below(g, rows - i) >= left) continue
    store<u8>(counts + i, 1)
    left--
  }
}

function push(g: usize, place: i32, from: i32, to: i32, level: i32): void {
  const at = address(g, STACK) + (<usize>get(g, OPEN) << 4)
  store<i32>(at, place)
  store<i32>(at, from, 4)
  store<i32>(at, to, 8)
  store<i32>(at, level, 12)
  set(g, OPEN, get(g, OPEN) + 1)
}

/** Draws the rows of a tree and makes its root; `low` and `high` seed all that is random in it. */
export function startTree(g: usize, low: i32, high: i32): void {
  store<i64>(g + RANDOM, (<i64>high << 32) | <i64><u32>low)
  drawRows(g)
  const rows = get(g, ROWS), counts = address(g, COUNTS), target = address(g, TARGET), features = get(g, FEATURES)
  const entries = address(g, ENTRIES)
  let entry = entries
  for (let i = 0; i < rows; i++) {
    const count = <i64>load<u8>(counts + i)
    if (!count) continue
    store<i64>(entry, (<i64>load<i32>(target + (<usize>i << 2)) << 32) | (count << ROW_BITS) | i)
    entry += 8
  }
  for (let f = 0; f < features; f++) store<i32>(address(g, ORDER) + (<usize>f << 2), f)
  memory.fill(address(g, GAINS), 0, <usize>features << 3)
  set(g, OPEN, 0)
  set(g, ACTIVE, 0)
  set(g, NODES_USED, 1)
  set(g, LEAVES_USED, 0)
  set(g, SETS_USED, 0)
  push(g, 0, 0, <i32>((entry - entries) >> 3), 0)
}

// Counts the numbers of a node; true where they differ.
function countNumbers(g: usize): bool {
  const entries = address(g, ENTRIES), end = entries + (<usize>get(g, TO) << 3)
  let n: i64 = 0, s: i64 = 0, low: i64 = i64.MAX_VALUE, high: i64 = i64.MIN_VALUE
  for (let p = entries + (<usize>get(g, FROM) << 3); p < end; p += 8) {
    const e = load<i64>(p), w = (e >> ROW_BITS) & 63, y = e >> 32
    n += w
    s += w * y
    low = min(low, y)
    high = max(high, y)
  }
  set(g, COUNT, <i32>n)
  store<i64>(g + SUM, s)
  store<f64>(g + BASE, numberMerit(<f64>s, <f64>n))
  return low < high
}

// Counts the classes of a node and numbers those that occur; true where there are several.
function countClasses(g: usize): bool {
  const entries = address(g, ENTRIES), end = entries + (<usize>get(g, TO) << 3), K = <usize>get(g, CLASSES)
  const totals = address(g, SCRATCH) + TOTALS, numbers = totals + (K << 2), present = totals + (K << 3), weights = totals + (K << 4)
  memory.fill(totals, 0, K << 2)
  let n: u32 = 0, k = 0
  for (let p = entries + (<usize>get(g, FROM) << 3); p < end; p += 8) {
    const e = load<i64>(p), w = <u32>(e >> ROW_BITS) & 63, a = totals + (<usize>(e >> 32) << 2)
    store<u32>(a, load<u32>(a) + w)
    n += w
  }
  let sum = 0.0, squares = 0.0, logs = 0.0
  for (let c: usize = 0; c < K; c++) {
    const count = load<u32>(totals + (c << 2))
    if (!count) continue
    const weight = load<f64>(address(g, CLASS_WEIGHTS) + (c << 3)), x = <f64>count * weight
    store<u32>(numbers + (c << 2), k)
    store<u32>(present + (<usize>k << 2), <u32>c)
    store<f64>(weights + (<usize>k << 3), weight)
    k++
    sum += x
    squares += x * x
    if (get(g, FLAGS) & ENTROPY) logs += timesLog(x)
  }
  set(g, COUNT, n)
  set(g, PRESENT, k)
  store<f64>(g + BASE, get(g, FLAGS) & ENTROPY ? logs - timesLog(sum) : squares / sum)
  return k > 1
}

function writeLeaf(g: usize): void {
  const leaf = get(g, LEAVES_USED), outputs = <usize>get(g, OUTPUTS), K = <usize>get(g, CLASSES), node = address(g, NODES) + (<usize>get(g, PLACE) << 3)
  const value = address(g, VALUES) + ((<usize>leaf * outputs) << 2), totals = address(g, SCRATCH) + TOTALS, weights = address(g, CLASS_WEIGHTS)
  store<i32>(node, -1)
  store<i32>(node, leaf, 4)
  set(g, LEAVES_USED, leaf + 1)
  if (!K) {
    store<f32>(value, <f32>(<f64>load<i64>(g + SUM) / <f64>get(g, COUNT) * load<f64>(g + UNIT)))
    return
  }
  let sum = 0.0
  for (let c: usize = 0; c < K; c++) sum += <f64>load<u32>(totals + (c << 2)) * load<f64>(weights + (c << 3))
  for (let o: usize = 0; o < outputs; o++) {
    const c = K - outputs + o // one output: the last class
    store<f32>(value + (o << 2), <f32>(<f64>load<u32>(totals + (c << 2)) * load<f64>(weights + (c << 3)) / sum))
  }
}

// Takes the next open node; makes it a leaf where it cannot be split.
function beginNode(g: usize): void {
  const open = get(g, OPEN) - 1, at = address(g, STACK) + (<usize>open << 4)
  set(g, OPEN, open)
  set(g, PLACE, load<i32>(at))
  set(g, FROM, load<i32>(at, 4))
  set(g, TO, load<i32>(at, 8))
  set(g, LEVEL, load<i32>(at, 12))
  const mixed = get(g, CLASSES) ? countClasses(g) : countNumbers(g)
  if (!mixed || get(g, LEVEL) >= get(g, DEEPEST) || get(g, COUNT) < 2 * get(g, LEAST)) { writeLeaf(g); return }
  set(g, VISITED, 0)
  set(g, VARIED, 0)
  store<f64>(g + BEST, -Infinity)
  set(g, ACTIVE, 1)
}

// Entries that go left move together at the front, the others behind them, both in their old order; returns where the others begin.
function divide(g: usize): i32 {
  const entries = address(g, ENTRIES), aside = address(g, ASIDE), end = entries + (<usize>get(g, TO) << 3)
  const column = address(g, COLUMNS) + <usize>get(g, BEST_FEATURE) * address(g, STRIDE)
  let p = entries + (<usize>get(g, FROM) << 3), l = p, r = aside
  if (get(g, BEST_IS_SET)) {
    for (; p < end; p += 8) {
      const e = load<i64>(p), bin = <u32>load<u8>(column + (<u32>e & ROW_MASK)), left = (<usize>load<u8>(g + BEST_SET + (bin >> 3)) >> (bin & 7)) & 1
      store<i64>(l, e)
      store<i64>(r, e)
      l += left << 3
      r += (1 - left) << 3
    }
  } else {
    const right = <u32>get(g, BEST_RIGHT), limit = <u32>get(g, BEST_BIN) - right
    for (; p < end; p += 8) {
      const e = load<i64>(p), left = <usize>(<u32>load<u8>(column + (<u32>e & ROW_MASK)) - right <= limit)
      store<i64>(l, e)
      store<i64>(r, e)
      l += left << 3
      r += (1 - left) << 3
    }
  }
  memory.copy(l, aside, r - aside)
  return <i32>((l - entries) >> 3)
}

// Makes the best split of the node at hand, or a leaf where there is none. The smaller child is grown first: few nodes are open at a time.
function endNode(g: usize): void {
  set(g, ACTIVE, 0)
  if (load<f64>(g + BEST) == -Infinity) { writeLeaf(g); return }
  const from = get(g, FROM), to = get(g, TO), level = get(g, LEVEL) + 1, left = get(g, NODES_USED), feature = get(g, BEST_FEATURE), middle = divide(g)
  const node = address(g, NODES) + (<usize>get(g, PLACE) << 3), gain = address(g, GAINS) + (<usize>feature << 3)
  store<f64>(gain, load<f64>(gain) + max(0, load<f64>(g + BEST) - load<f64>(g + BASE)))
  store<i32>(node, left, 4)
  if (get(g, BEST_IS_SET)) {
    const number = get(g, SETS_USED), place = address(g, NODES) + (<usize>(left + 2) << 3)
    store<i32>(node, (feature << 10) | 0x200)
    store<i32>(place, -2)
    store<i32>(place, number, 4)
    memory.copy(address(g, SETS) + (<usize>number << 5), g + BEST_SET, 32)
    set(g, SETS_USED, number + 1)
    set(g, NODES_USED, left + 3)
  } else {
    store<i32>(node, (feature << 10) | (get(g, BEST_RIGHT) << 8) | get(g, BEST_BIN))
    set(g, NODES_USED, left + 2)
  }
  if (middle - from < to - middle) { push(g, left + 1, middle, to, level); push(g, left, from, middle, level) }
  else { push(g, left, from, middle, level); push(g, left + 1, middle, to, level) }
}

// The next feature of the node at hand, drawn from those that it has not visited.
function visit(g: usize): void {
  const visited = get(g, VISITED), a = address(g, ORDER) + (<usize>visited << 2)
  const b = address(g, ORDER) + (<usize>(visited + below(g, get(g, FEATURES) - visited)) << 2), feature = load<i32>(b)
  store<i32>(b, load<i32>(a))
  store<i32>(a, feature)
  set(g, VISITED, visited + 1)
  set(g, VARIED, get(g, VARIED) + tryFeature(g, feature))
}

/** Grows a started tree until it is finished or about `budget` cells have been looked at; returns 1 where it is not finished. */
export function growForestTree(g: usize, budget: i32): i32 {
  while (budget >= 0) {
    if (!get(g, ACTIVE)) {
      if (!get(g, OPEN)) return 0
      beginNode(g)
      budget -= get(g, TO) - get(g, FROM)
    } else if (get(g, VISITED) == get(g, FEATURES) || (get(g, VISITED) >= get(g, VISITS) && get(g, VARIED) > 0)) endNode(g)
    else {
      visit(g)
      budget -= get(g, TO) - get(g, FROM) + 64 // a feature of a small node costs something too
    }
  }
  return 1
}
