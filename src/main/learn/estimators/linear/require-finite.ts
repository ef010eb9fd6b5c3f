import { MillraceError } from '#shared/errors.ts'
import { denseColumns, type Matrix, type MatrixColumn } from '../../../table/matrix.ts'

function notFinite(column: MatrixColumn | undefined, row: number, value: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A linear model needs a finite number in every cell',
    message: `Column "${column?.source ?? ''}" (as "${column?.name ?? ''}") holds ${Number.isNaN(value) ? 'a missing value' : value} in row ${row}.`,
    nextStep: 'Impute or drop the column in the recipe (preset: auto does), or use gradient-boosting.',
    details: { column: column?.source ?? '', row, value: String(value) },
  })
}

/** The first entry that is NaN or infinite; −1 where all are finite. */
function firstOdd(values: Float32Array): number {
  let sum = 0 // of float32 numbers: cannot overflow, so it is finite where they all are
  for (let at = 0; at < values.length; at++) sum += values[at] as number
  return Number.isFinite(sum) ? -1 : values.findIndex((value) => !Number.isFinite(value))
}

/** Throws where a cell is NaN or infinite: a linear model has no place for it. */
export function requireFinite(matrix: Matrix): void {
  const at = firstOdd(matrix.data)
  if (at !== -1) throw notFinite(matrix.columns[Math.floor(at / matrix.rows)], (at % matrix.rows) + 1, matrix.data[at] as number)
  if (matrix.sparse === undefined) return
  const { starts, rows, values } = matrix.sparse
  const entry = firstOdd(values)
  if (entry === -1) return
  const column = starts.findIndex((start, j) => start <= entry && entry < (starts[j + 1] ?? 0))
  throw notFinite(matrix.columns[denseColumns(matrix) + column], (rows[entry] as number) + 1, values[entry] as number)
}
