import type { Rng } from '../../base/rng.ts'
import { chooseTestRows } from './choose-test-rows.ts'
import { Side } from './sides.ts'
import type { SplitParams } from './split-params.ts'

/**
 * Random rows for testing, and for validation where that is asked for; with `classes` (one code per row) in the proportions
 * of the classes. The test rows do not depend on the validation rows.
 */
export function splitRandomly(rows: number, { test, validation }: Pick<SplitParams, 'test' | 'validation'>, classes: Int32Array | undefined, rng: Rng): Uint8Array {
  const sideOf = chooseTestRows(rows, test, classes, rng)
  if (validation === undefined) return sideOf
  const rest = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => sideOf[row] === Side.train)
  if (rest.length < 2) return sideOf
  const chosen = chooseTestRows(rest.length, Math.min(0.999, (validation * rows) / rest.length), classes === undefined ? undefined : rest.map((row) => classes[row] as number), rng.fork('validation'))
  rest.forEach((row, at) => {
    if (chosen[at] === 1) sideOf[row] = Side.validation
  })
  return sideOf
}

/**
 * One fold of a K-fold: the rows of each class are shuffled and dealt out, so that every fold gets its share and folds differ
 * by a row at most. All folds of one seed and repeat hold every row once.
 */
export function dealFold(rows: number, folds: number, fold: number, classes: Int32Array | undefined, rng: Rng): Uint8Array {
  const order = rng.shuffle(Int32Array.from({ length: rows }, (_, row) => row))
  if (classes !== undefined) order.sort((a, b) => (classes[a] as number) - (classes[b] as number)) // stable: within a class still shuffled
  const sideOf = new Uint8Array(rows)
  order.forEach((row, at) => {
    if (at % folds === fold) sideOf[row] = Side.test
  })
  return sideOf
}
