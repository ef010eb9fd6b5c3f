import { MillraceError } from '#shared/errors.ts'
import { denseColumns, matrixColumn, type Matrix, type MatrixColumn } from '../../table/matrix.ts'

function notFinite(model: string, column: MatrixColumn | undefined, row: number, value: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `${model} needs a finite number in every cell`,
    message: `Column "${column?.source ?? ''}" (as "${column?.name ?? ''}") holds ${Number.isNaN(value) ? 'a missing value' : value} in row ${row}.`,
    nextStep: 'Impute or drop the column in the recipe (preset: auto does), or use gradient-boosting.',
    details: { column: column?.source ?? '', row, value: String(value) },
  })
}

/** The first entry that is NaN or infinite; −1 where all are finite. */
function firstOdd(values: Float32Array): number {
  const whole = values.length - (values.length % 4)
  let [a, b, c, d] = [0, 0, 0, 0] // sums of float32 numbers cannot overflow, so they are finite where all numbers are
  for (let at = 0; at < whole; at += 4) {
    a += values[at] as number
    b += values[at + 1] as number
    c += values[at + 2] as number
    d += values[at + 3] as number
  }
  for (let at = whole; at < values.length; at++) a += values[at] as number
  return Number.isFinite(a + b + c + d) ? -1 : values.findIndex((value) => !Number.isFinite(value))
}

/** Throws `invalid-data` where a dense number is infinite, for models with a place for missing ones. */
export function requireNoInfinity(matrix: Matrix, model: string): void {
  for (let j = 0; j < denseColumns(matrix); j++) {
    const cells = matrixColumn(matrix, j)
    const row = cells.findIndex((value) => value === Infinity || value === -Infinity)
    if (row !== -1) throw notFinite(model, matrix.columns[j], row + 1, cells[row] as number)
  }
}

/** Throws `invalid-data` where a number is NaN or infinite, which of a class means that it is missing or unseen; `model` says in words what has no place for it, e.g. "A linear model". */
export function requireFinite(matrix: Matrix, model: string): void {
  for (let j = 0; j < denseColumns(matrix); j++) {
    if (matrix.columns[j]?.kind === 'categorical') continue
    const cells = matrixColumn(matrix, j)
    const row = firstOdd(cells)
    if (row !== -1) throw notFinite(model, matrix.columns[j], row + 1, cells[row] as number)
  }
  if (matrix.sparse === undefined) return
  const { starts, rows, values } = matrix.sparse
  const entry = firstOdd(values)
  if (entry === -1) return
  const column = starts.findIndex((start, j) => start <= entry && entry < (starts[j + 1] ?? 0))
  throw notFinite(model, matrix.columns[denseColumns(matrix) + column], (rows[entry] as number) + 1, values[entry] as number)
}
