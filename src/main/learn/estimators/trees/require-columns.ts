import { MillraceError } from '#shared/errors.ts'
import type { Matrix } from '../../../table/matrix.ts'

/** Throws `invalid-data` where a matrix to predict has not as many columns as the model takes. */
export function requireColumns(columns: number, matrix: Matrix): void {
  if (matrix.columns.length === columns) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'The model was trained on other columns',
    message: `The model takes ${columns} columns, the data to predict have ${matrix.columns.length}.`,
    nextStep: 'Use the recipe that was saved with the model, or train the model again.',
  })
}
