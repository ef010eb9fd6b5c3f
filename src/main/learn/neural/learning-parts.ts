import type { Matrix, Target } from '../../table/matrix.ts'
import { rowWeights, type ClassWeight } from '../estimators/class-weights.ts'
import { holdOut } from '../estimators/held-out.ts'
import type { FitContext } from '../fit-context.ts'
import { valuesIn, type Problem } from './problem.ts'
import type { LearningRows } from './training-data.ts'

/** Fewest rows of which some are held back. */
export const FEWEST_TO_HOLD_BACK = 40

/** Rows as a network takes them, row after row. */
export type EncodedRows = { readonly rows: number; readonly numbers: Float32Array; readonly codes: Int32Array }

/** Rows to learn from and rows to judge by, as the network takes them. */
export type Parts = { readonly train: LearningRows; readonly held: LearningRows | undefined }

/** What decides which rows are held back, and how much rows count. */
export type PartsParams = { readonly classWeight: ClassWeight; readonly earlyStopping: boolean; readonly validationFraction: number }

/** The parts of a training: rows that were set aside judge; where there are none, some of the training rows, of each class the same share. */
export function partsOf(
  matrix: Matrix, target: Target, encode: (matrix: Matrix) => EncodedRows, problem: Problem, params: PartsParams, ctx: FitContext,
): Parts {
  const encoded = encode(matrix)
  const weights = rowWeights(target, params.classWeight)
  const all = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i)
  if (ctx.validation !== undefined) {
    const judged = encode(ctx.validation.matrix)
    const values = valuesIn(problem.output, ctx.validation.target)
    const held = cut(judged, values, rowWeights(ctx.validation.target, params.classWeight), all(judged.rows))
    return { train: cut(encoded, problem.values, weights, all(matrix.rows)), held }
  }
  const groups = target.kind === 'classes' ? target.codes : undefined
  const split = !params.earlyStopping || matrix.rows < FEWEST_TO_HOLD_BACK ? undefined : holdOut(matrix.rows, groups, params.validationFraction, ctx.rng.fork('held-out rows'))
  if (split === undefined) return { train: cut(encoded, problem.values, weights, all(matrix.rows)), held: undefined }
  const held = cut(encoded, problem.values, weights, split.order.slice(split.training))
  return { train: cut(encoded, problem.values, weights, split.order.slice(0, split.training)), held }
}

/** The chosen rows, in that order. */
export function rowsAt({ rows, numbers, codes }: EncodedRows, chosen: Int32Array): EncodedRows {
  const [width, classed] = [numbers.length / rows, codes.length / rows]
  const part = { numbers: new Float32Array(chosen.length * width), codes: new Int32Array(chosen.length * classed) }
  chosen.forEach((row, i) => {
    part.numbers.set(numbers.subarray(row * width, (row + 1) * width), i * width)
    part.codes.set(codes.subarray(row * classed, (row + 1) * classed), i * classed)
  })
  return { rows: chosen.length, ...part }
}

function cut(encoded: EncodedRows, values: Problem['values'], weights: Float64Array, chosen: Int32Array): LearningRows {
  const target = values instanceof Int32Array ? Int32Array.from(chosen, (row) => values[row] as number) : Float32Array.from(chosen, (row) => values[row] as number)
  return { ...rowsAt(encoded, chosen), target, weights: Float32Array.from(chosen, (row) => weights[row] as number) }
}
