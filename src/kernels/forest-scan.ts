// Tries the cuts of an ordered list of bins: those before the cut go left. The result lies in globals, which every thread has of its own.
import { BINS, CELLS, CLASSES, COUNT, ENTROPY, FLAGS, LEAST, PRESENT, SCRATCH, SUM, TOTALS, address, get } from './forest-layout'
import { numberMerit, pairMerit, timesLog } from './forest-merit'

/** Merit of the best cut that was tried since it was set; −∞ before any. */
export let cutMerit: f64 = 0
/** Place in the list of the last bin that goes left, and the rows that do, counted as often as they were drawn. */
export let cutAt: i32 = 0
export let cutLeft: i32 = 0

/** Forgets the last result. */
export function beginCuts(): void { cutMerit = -Infinity; cutAt = -1; cutLeft = 0 }

// @ts-ignore: decorator
@inline
function offer(merit: f64, at: i32, left: i32): void {
  if (merit > cutMerit) { cutMerit = merit; cutAt = at; cutLeft = left }
}

function scanNumbers(g: usize, cells: usize, bins: usize, m: i32, start: i32, only: i32): void {
  const total = <i64>get(g, COUNT), sum = load<i64>(g + SUM), least = <i64>get(g, LEAST)
  let n: i64 = 0, s: i64 = 0
  for (let i = start; i < m - 1; i++) {
    const c = cells + (<usize>load<u8>(bins + i) << 4)
    n += load<i64>(c)
    s += load<i64>(c, 8)
    if (n < least || (only >= 0 && i != only)) continue
    if (total - n < least) break
    offer(numberMerit(<f64>s, <f64>n) + numberMerit(<f64>(sum - s), <f64>(total - n)), i, <i32>n)
  }
}

function scanPair(g: usize, cells: usize, bins: usize, m: i32, start: i32, only: i32, weights: usize): void {
  const total = get(g, COUNT), least = get(g, LEAST), entropy = (get(g, FLAGS) & ENTROPY) != 0
  const numbers = address(g, SCRATCH) + TOTALS, present = numbers + (<usize>get(g, CLASSES) << 3)
  const wa = load<f64>(weights), wb = load<f64>(weights, 8)
  const allA = <f64>load<u32>(numbers + (<usize>load<u32>(present) << 2)) * wa, allB = <f64>load<u32>(numbers + (<usize>load<u32>(present, 4) << 2)) * wb
  let left: i64 = 0
  for (let i = start; i < m - 1; i++) {
    left += load<i64>(cells + (<usize>load<u8>(bins + i) << 3))
    const n = <i32>left + <i32>(left >> 32)
    if (n < least || (only >= 0 && i != only)) continue
    if (total - n < least) break
    const a = <f64><u32>left * wa, b = <f64><u32>(left >> 32) * wb
    offer(pairMerit(a, b, entropy) + pairMerit(allA - a, allB - b, entropy), i, n)
  }
}

function entropyOf(left: usize, totals: usize, present: usize, weights: usize, k: i32, sumLeft: f64, sumRight: f64): f64 {
  let merit = -timesLog(sumLeft) - timesLog(sumRight)
  for (let j = 0; j < k; j++) {
    const l = load<f64>(left + (<usize>j << 3)), all = <f64>load<u32>(totals + (<usize>load<u32>(present + (<usize>j << 2)) << 2)) * load<f64>(weights + (<usize>j << 3))
    merit += timesLog(l) + timesLog(all - l)
  }
  return merit
}

function scanClasses(g: usize, cells: usize, bins: usize, m: i32, start: i32, only: i32, weights: usize): void {
  const total = get(g, COUNT), least = get(g, LEAST), k = get(g, PRESENT), K = <usize>get(g, CLASSES)
  const totals = address(g, SCRATCH) + TOTALS, present = totals + (K << 3), left = totals + K * 24, entropy = (get(g, FLAGS) & ENTROPY) != 0
  let n: i32 = 0, sumLeft = 0.0, sumRight = 0.0, squaresLeft = 0.0, squaresRight = 0.0
  for (let j = 0; j < k; j++) {
    store<f64>(left + (<usize>j << 3), 0)
    const all = <f64>load<u32>(totals + (<usize>load<u32>(present + (<usize>j << 2)) << 2)) * load<f64>(weights + (<usize>j << 3))
    sumRight += all
    squaresRight += all * all
  }
  for (let i = start; i < m - 1; i++) {
    const cell = cells + <usize>load<u8>(bins + i) * (<usize>k << 2)
    for (let j = 0; j < k; j++) {
      const count = load<u32>(cell + (<usize>j << 2))
      if (!count) continue
      const a = left + (<usize>j << 3), w = load<f64>(weights + (<usize>j << 3)), c = <f64>count * w, l = load<f64>(a)
      const r = <f64>load<u32>(totals + (<usize>load<u32>(present + (<usize>j << 2)) << 2)) * w - l
      n += count
      sumLeft += c
      sumRight -= c
      squaresLeft += c * (2 * l + c)
      squaresRight -= c * (2 * r - c)
      store<f64>(a, l + c)
    }
    if (n < least || (only >= 0 && i != only)) continue
    if (total - n < least) break
    offer(entropy ? entropyOf(left, totals, present, weights, k, sumLeft, sumRight) : squaresLeft / sumLeft + squaresRight / sumRight, i, n)
  }
}

/** Tries the cuts behind places `start` … `m`−2 of the list of bins, or the one behind place `only`; bins before `start` stay on the right. */
export function tryCuts(g: usize, m: i32, start: i32, only: i32): void {
  const scratch = address(g, SCRATCH), bins = scratch + BINS, cells = address(g, CELLS), weights = scratch + TOTALS + (<usize>get(g, CLASSES) << 4)
  if (!get(g, CLASSES)) scanNumbers(g, cells, bins, m, start, only)
  else if (get(g, PRESENT) == 2) scanPair(g, cells, bins, m, start, only, weights)
  else scanClasses(g, cells, bins, m, start, only, weights)
}
