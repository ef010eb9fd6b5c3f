import type { z } from 'zod'
import type { Rng } from '../base/rng.ts'
import type { Column, SparseColumns } from '../table/column.ts'
import type { Target } from '../table/matrix.ts'

/** What a transform may know beside its column when it learns: the target of the same training rows, and seeded randomness. */
export type TransformFit = { readonly target: Target; readonly rng: Rng }

/**
 * One kind of column transform. It is fitted on training rows only; what it learnt (`F`, plain JSON) travels with the
 * model and is applied by the same code in training and serving.
 */
export type Transform<P = unknown, F = unknown> = {
  /** Stable id that recipes and saved models hold, e.g. `one-hot`. */
  readonly id: string
  /** Raised when the same parameters and what was learnt give other columns. */
  readonly version: number
  readonly label: string
  readonly help: string
  /** Kind of column that it takes; a column of the other kind is read as this one first. */
  readonly takes: Column['kind'] | 'any'
  /** Kind of the columns that it makes; absent: that of the column it is given. */
  readonly makes?: Column['kind']
  /** True where its columns miss no cell, whatever its column misses. */
  readonly fills?: boolean
  /** What takes its place for estimators that do not accept the sparse columns it would make with these parameters; absent: it makes none. */
  dense?(params: P): { readonly transform: string; readonly params: Readonly<Record<string, unknown>> }
  /** Input may be partial: every parameter has a default. */
  readonly params: z.ZodType<P, unknown>
  /** What `fit` returns, checked when a saved model is loaded. */
  readonly fitted: z.ZodType<F>
  /** Learns from one column of training rows. */
  fit(column: Column, params: P, about: TransformFit): F
  /**
   * New columns in place of `column`, perhaps one at a time; never changes its argument. Names and number of the columns depend on
   * the column's name and on `fitted` only, never on its cells. Cells that `fit` did not see are handled, not refused.
   */
  apply(column: Column, params: P, fitted: F): Iterable<Column | SparseColumns>
  /**
   * The columns of the very rows that `fit` learnt from, where what a row gets must not have seen the row's own target; names and
   * number as `apply` gives them. Absent: `apply` serves both.
   */
  applyToTraining?(column: Column, params: P, fitted: F, about: TransformFit): Iterable<Column>
  /** In words, e.g. "blank cells become 12.5 (median)". */
  describe(name: string, params: P, fitted: F): string
}

/** Checks a transform's types where it is defined and forgets them for the registry. */
export function defineTransform<P, F>(transform: Transform<P, F>): Transform {
  return transform
}
