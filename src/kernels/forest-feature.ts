// The best cut of a node by one feature, or a random one, kept where it beats what was found before.
import {
  BEST, BEST_BIN, BEST_FEATURE, BEST_IS_SET, BEST_LEFT, BEST_RIGHT, BEST_SET, BINS, CATEGORICAL, CELLS, CLASSES, COUNT, DESCRIBE, FLAGS, KEYS, PRESENT,
  RANDOM_CUTS, SCRATCH, address, below, get, set,
} from './forest-layout'
import { cellBytes, clearCells, fillCells } from './forest-cells'
import { beginCuts, cutAt, cutLeft, cutMerit, tryCuts } from './forest-scan'

function keep(g: usize, feature: i32, bin: i32, right: i32, isSet: i32): void {
  store<f64>(g + BEST, cutMerit)
  set(g, BEST_FEATURE, feature)
  set(g, BEST_BIN, bin)
  set(g, BEST_RIGHT, right)
  set(g, BEST_IS_SET, isSet)
  set(g, BEST_LEFT, cutLeft)
}

// Without missing rows in the node, later ones go where most rows go.
function keepThreshold(g: usize, feature: i32, bin: i32, right: i32, missing: bool): void {
  keep(g, feature, bin, missing ? right : <i32>(2 * cutLeft < get(g, COUNT)), 0)
}

// All thresholds, missing rows left and right. Between two bins that occur, the threshold lies in their middle.
function searchThresholds(g: usize, feature: i32, m: i32): void {
  const bins = address(g, SCRATCH) + BINS, missing = load<u8>(bins) == 0
  for (let right = 0; right <= <i32>missing; right++) {
    beginCuts()
    tryCuts(g, m, right, -1)
    if (!(cutMerit > load<f64>(g + BEST))) continue
    const last = <i32>load<u8>(bins + cutAt), next = <i32>load<u8>(bins + cutAt + 1)
    keepThreshold(g, feature, last == 0 ? 0 : (last + next - 1) >> 1, right, missing)
  }
}

// One random threshold between the least and the greatest bin that occur, missing rows left and right.
function drawThreshold(g: usize, feature: i32, m: i32): void {
  const bins = address(g, SCRATCH) + BINS, missing = load<u8>(bins) == 0, first = <i32>missing
  const low = <i32>load<u8>(bins + first), high = <i32>load<u8>(bins + m - 1)
  let bin = 0, at = 0
  if (low < high) {
    bin = low + below(g, high - low)
    at = first
    while (<i32>load<u8>(bins + at + 1) <= bin) at++
  }
  for (let right = 0; right <= <i32>(missing && low < high); right++) {
    beginCuts()
    tryCuts(g, m, right, at)
    if (cutMerit > load<f64>(g + BEST)) keepThreshold(g, feature, bin, right, missing)
  }
}

function keepSet(g: usize, feature: i32, m: i32): void {
  const bins = address(g, SCRATCH) + BINS, bits = g + BEST_SET
  const absent: u8 = 2 * cutLeft >= get(g, COUNT) ? 255 : 0 // bins that do not occur in the node go where most rows go
  memory.fill(bits, absent, 32)
  for (let i = 0; i < m; i++) {
    const b = <u32>load<u8>(bins + i), a = bits + <usize>(b >> 3), bit: u8 = <u8>(<u32>1 << (b & 7))
    store<u8>(a, i <= cutAt ? load<u8>(a) | bit : load<u8>(a) & ~bit)
  }
  keep(g, feature, 0, 0, 1)
}

// Orders the bins by their mean: of the numbers, or of one class against the others, drawn where there are more than two. For numbers and
// for two classes the best of all sets is a cut of this order (Breiman et al. 1984, 4.2.2).
function orderSets(g: usize, m: i32): void {
  const scratch = address(g, SCRATCH), bins = scratch + BINS, keys = scratch + KEYS, cells = address(g, CELLS), width = cellBytes(g), k = get(g, PRESENT)
  const picked = get(g, CLASSES) ? below(g, k) : 0
  for (let i = 0; i < m; i++) {
    const bin = <usize>load<u8>(bins + i), cell = cells + bin * width
    let key: f32
    if (!get(g, CLASSES)) key = <f32>(<f64>load<i64>(cell, 8) / <f64>load<i64>(cell))
    else {
      let all: u32 = 0
      for (let j = 0; j < k; j++) all += load<u32>(cell + (<usize>j << 2))
      key = <f32>(<f64>load<u32>(cell + (<usize>picked << 2)) / <f64>all)
    }
    const bits = reinterpret<i32>(key), packed = (<i64>(bits ^ <i32>(<u32>(bits >> 31) >> 1)) << 32) | bin
    let j = i
    for (; j > 0 && load<i64>(keys + (<usize>(j - 1) << 3)) > packed; j--) store<i64>(keys + (<usize>j << 3), load<i64>(keys + (<usize>(j - 1) << 3)))
    store<i64>(keys + (<usize>j << 3), packed)
  }
  for (let i = 0; i < m; i++) store<u8>(bins + i, <u8>load<i64>(keys + (<usize>i << 3)))
}

function shuffleSets(g: usize, m: i32): void {
  const bins = address(g, SCRATCH) + BINS
  for (let i = m - 1; i > 0; i--) {
    const j = below(g, i + 1), kept = load<u8>(bins + i)
    store<u8>(bins + i, load<u8>(bins + j))
    store<u8>(bins + j, kept)
  }
}

/** Looks at one feature of the node at hand; returns 0 where it is the same in all of its rows. */
export function tryFeature(g: usize, feature: i32): i32 {
  const m = fillCells(g, feature), drawn = (get(g, FLAGS) & RANDOM_CUTS) != 0
  if (m > 1) {
    if (load<i32>(address(g, DESCRIBE) + (<usize>feature << 2)) & CATEGORICAL) {
      if (drawn) shuffleSets(g, m)
      else orderSets(g, m)
      beginCuts()
      tryCuts(g, m, 0, drawn ? below(g, m - 1) : -1)
      if (cutMerit > load<f64>(g + BEST)) keepSet(g, feature, m)
    } else if (drawn) drawThreshold(g, feature, m)
    else searchThresholds(g, feature, m)
  }
  clearCells(g, m)
  return <i32>(m > 1)
}
