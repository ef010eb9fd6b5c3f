import type { Rng } from '../../../base/rng.ts'

/** Rows below which folds say too little to choose a penalty by. */
export const FEWEST_ROWS = 10

/** Row weights of one fold: those learnt from and those held out; a row has weight 0 in one of them. */
export type Fold = { readonly kept: Float64Array; readonly held: Float64Array }

/** `count` seeded folds of weighted rows, classes spread evenly where `strata` are given. */
export function createFolds(weights: Float64Array, strata: Int32Array | undefined, count: number, rng: Rng): readonly Fold[] {
  const rows = weights.length
  const order = rng.shuffle(Int32Array.from({ length: rows }, (_, i) => i))
  if (strata !== undefined) order.sort((a, b) => (strata[a] as number) - (strata[b] as number)) // stable: shuffled within a class
  const foldOf = new Uint8Array(rows)
  order.forEach((row, at) => {
    foldOf[row] = at % count
  })
  return Array.from({ length: count }, (_, fold) => ({
    kept: weights.map((weight, i) => (foldOf[i] === fold ? 0 : weight)),
    held: weights.map((weight, i) => (foldOf[i] === fold ? weight : 0)),
  }))
}

/** One fold that learns from the first `training` rows and holds out the others. */
export function holdOutLast(weights: Float64Array, training: number): Fold {
  return { kept: weights.map((weight, i) => (i < training ? weight : 0)), held: weights.map((weight, i) => (i < training ? 0 : weight)) }
}

/** Sum of numbers: four partial sums by place mod 4, then the rest. */
export function sumOf(values: Float64Array): number {
  const whole = values.length - (values.length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < whole; i += 4) {
    a += values[i] as number
    b += values[i + 1] as number
    c += values[i + 2] as number
    d += values[i + 3] as number
  }
  for (let i = whole; i < values.length; i++) a += values[i] as number
  return a + b + (c + d)
}
