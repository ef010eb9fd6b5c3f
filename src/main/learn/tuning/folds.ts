import type { Rng } from '../../base/rng.ts'
import type { Target } from '../../table/matrix.ts'
import { groupParts, timeParts, type Arrangement, type Parts } from './arrangement.ts'

/** One part of a cross-validation: learn from `train`, score on `test`; both ascending row numbers. */
export type Fold = { readonly repeat: number; readonly train: Int32Array; readonly test: Int32Array }

/** Rows in an order in which neighbours have like targets, those of equal targets shuffled. */
function likeNextToLike(target: Target, rng: Rng): Int32Array {
  const rows = target.kind === 'classes' ? target.codes.length : target.values.length
  const order = rng.shuffle(Int32Array.from({ length: rows }, (_, row) => row))
  const values = target.kind === 'classes' ? target.codes : target.values
  return order.sort((a, b) => (values[a] as number) - (values[b] as number)) // stable
}

/** Fold of every row: each run of `count` like rows is dealt out to all folds in random order. */
function deal(target: Target, count: number, rng: Rng): Int32Array {
  const order = likeNextToLike(target, rng)
  const foldOf = new Int32Array(order.length)
  for (let start = 0; start < order.length; start += count) {
    const hand = rng.shuffle(Int32Array.from({ length: count }, (_, fold) => fold))
    for (let at = start; at < Math.min(order.length, start + count); at++) foldOf[order[at] as number] = hand[at - start] as number
  }
  return foldOf
}

function rowsWhere(foldOf: Int32Array, keep: (fold: number) => boolean): Int32Array {
  const rows: number[] = []
  foldOf.forEach((fold, row) => {
    if (keep(fold)) rows.push(row)
  })
  return Int32Array.from(rows)
}

/**
 * Seeded, stratified K-fold cross-validation, `repeats` times with other folds: every fold holds its share of each class,
 * or of small and large values. Folds without rows are left out. Repeat r comes after repeat r − 1. Rows that are arranged
 * in groups stay together; rows in an order of time are tested after learning from earlier ones, once.
 */
export function createFolds(target: Target, { folds, repeats }: { folds: number; repeats: number }, rng: Rng, arrangement?: Arrangement): readonly Fold[] {
  const times = arrangement?.kind === 'time' ? 1 : repeats
  return Array.from({ length: times }, (_, repeat) => {
    const { partOf, ordered } = partsOf(target, folds, rng.fork(`repeat ${repeat}`), arrangement)
    return Array.from({ length: folds }, (_, fold) => ({
      repeat,
      train: rowsWhere(partOf, (of) => (ordered ? of < fold : of !== fold)),
      test: rowsWhere(partOf, (of) => of === fold),
    })).filter(({ train, test }) => train.length > 0 && test.length > 0)
  }).flat()
}

function partsOf(target: Target, folds: number, rng: Rng, arrangement: Arrangement | undefined): Parts {
  if (arrangement === undefined) return { partOf: deal(target, folds, rng), ordered: false }
  return arrangement.kind === 'groups' ? groupParts(arrangement.codes, target, folds, rng) : timeParts(arrangement.values, folds)
}

/** Rows that count for the precision of a score: of two classes the rarer one decides, as in the variance of the area under a ROC curve. */
function decidingRows(target: Target): number {
  if (target.kind === 'numbers') return target.values.length
  if (target.classes.length !== 2) return target.codes.length
  const second = target.codes.reduce((sum, code) => sum + code, 0)
  return Math.min(target.codes.length, 4 * Math.min(second, target.codes.length - second))
}

/** Repeats that make up for few rows, where chance moves a single cross-validation too much. */
export function repeatsFor(target: Target): number {
  const rows = decidingRows(target)
  return rows < 400 ? 6 : rows < 1000 ? 4 : rows < 3000 ? 2 : 1
}
