import type { Goal } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Prediction } from '../table/matrix.ts'
import type { CsvCell } from './csv-line.ts'

/** Column that holds what is predicted: the class, or the number. */
export const predictionColumn = 'prediction'

/** Names of the columns that predictions add: `prediction`, and `p_<class>` for every class as its cells read. */
export function predictionColumns(model: { readonly goal: Goal; readonly classes: readonly string[] }): string[] {
  return model.goal.task === 'regression' ? [predictionColumn] : [predictionColumn, ...model.classes.map((name) => `p_${name}`)]
}

/**
 * Class of a row from its probabilities: of two, the second where its probability is at least one half; of more, the most
 * probable, the first of equals.
 */
function decide(probabilities: Float64Array): number {
  if (probabilities.length === 2) return (probabilities[1] ?? 0) >= 0.5 ? 1 : 0
  let best = 0
  for (let i = 1; i < probabilities.length; i++) if ((probabilities[i] ?? 0) > (probabilities[best] ?? 0)) best = i
  return best
}

/** Cells of one row under `predictionColumns`. */
export function predictionCells(prediction: Prediction, row: number): CsvCell[] {
  if (prediction.kind === 'numbers') return [prediction.values[row] ?? null]
  const width = prediction.classes.length
  const probabilities = prediction.probabilities.subarray(row * width, (row + 1) * width)
  return [prediction.classes[decide(probabilities)] ?? null, ...probabilities]
}

/** Refuses input columns that bear the name of a prediction's column, where both would stand in one file. */
export function refuseSameNames(input: readonly string[], added: readonly string[], file: string): void {
  const clash = input.find((name) => added.includes(name))
  if (clash === undefined) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The input has a column "${clash}" already`,
    message: `${file} holds a column "${clash}", and predictions add one of that name. Nothing was written.`,
    nextStep: 'Rename that column in the input, or leave out --keep-input.',
    details: { file, column: clash },
  })
}
