import type { z } from 'zod'
import type { Matrix } from '../../table/matrix.ts'
import type { TransformFit } from '../transform.ts'

/**
 * One kind of change to a finished matrix. It is fitted on training rows only; what it learnt (`F`, plain JSON) travels with the model and
 * is applied by the same code in training and serving.
 */
export type MatrixTransform<P = unknown, F = unknown> = {
  /** Stable id that recipes and saved models hold, e.g. `pca`. */
  readonly id: string
  /** Raised when the same parameters and what was learnt give another matrix. */
  readonly version: number
  readonly label: string
  readonly help: string
  /** Input may be partial: every parameter has a default. */
  readonly params: z.ZodType<P, unknown>
  /** What `fit` returns, checked when a saved model is loaded. */
  readonly fitted: z.ZodType<F>
  /** Learns from the matrix of training rows. */
  fit(matrix: Matrix, params: P, about: TransformFit): F
  /** The changed matrix; its columns depend on those given and on `fitted`, never on cells. Never changes its argument. */
  apply(matrix: Matrix, params: P, fitted: F): Matrix
  /** In words, for the columns it was fitted on. */
  describe(columns: Matrix['columns'], params: P, fitted: F): string
}

/** Checks a matrix transform's types where it is defined and forgets them for the registry. */
export function defineMatrixTransform<P, F>(transform: MatrixTransform<P, F>): MatrixTransform {
  return transform
}
