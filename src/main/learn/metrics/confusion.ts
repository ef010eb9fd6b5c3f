import type { ClassView, RowWeights } from './metric.ts'

/** Counts of rows by true class and predicted class: cell (truth, guess) at `truth * size + guess`. */
export type Confusion = { readonly size: number; readonly cells: Float64Array }

/** The confusion matrix over `view.classes`, each row as often as it counts; rows whose true class has no name are not counted. */
export function confusionOf(view: ClassView, weights?: RowWeights): Confusion {
  const size = view.classes.length
  const cells = new Float64Array(size * size)
  for (let row = 0; row < view.rows; row++) {
    const truth = view.truth[row] as number
    if (truth < 0) continue
    const at = truth * size + (view.guess[row] as number)
    cells[at] = (cells[at] as number) + (weights === undefined ? 1 : (weights[row] as number))
  }
  return { size, cells }
}

/** For one class: rows that are it and were called it, that were called it, that are it. */
export function countsOf({ size, cells }: Confusion, index: number): { readonly hits: number; readonly called: number; readonly actual: number } {
  let called = 0
  let actual = 0
  for (let other = 0; other < size; other++) {
    called += cells[other * size + index] as number
    actual += cells[index * size + other] as number
  }
  return { hits: cells[index * size + index] as number, called, actual }
}

/** Mean of `value` over the classes that occur in truth or guess; undefined where none does. */
export function meanOverClasses(
  confusion: Confusion,
  value: (counts: ReturnType<typeof countsOf>) => number | undefined,
): number | undefined {
  let sum = 0
  let count = 0
  for (let index = 0; index < confusion.size; index++) {
    const found = value(countsOf(confusion, index))
    if (found === undefined) continue
    sum += found
    count++
  }
  return count === 0 ? undefined : sum / count
}
