import type { z } from 'zod'
import type { Task } from '#shared/domain/task.ts'
import type { BackendWish } from '../compute/backend.ts'
import type { NetworkKind } from '../compute/self-test/networks.ts'
import type { Matrix, MatrixColumn, Prediction, Target } from '../table/matrix.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'
import type { FitContext } from './fit-context.ts'
import type { SavedState } from './saved-state.ts'

/** What a matrix may hold for this estimator; `preset: auto` prepares columns accordingly. */
export type Accepts = {
  /** NaN cells. */
  readonly missing: boolean
  /** Columns of kind `categorical`; others get one-hot columns. */
  readonly categorical: boolean
  /** Columns must be on one scale (mean 0, deviation 1) to learn well. */
  readonly scaled: boolean
  /** A sparse block (words of texts, levels of wide categories); for others such columns are condensed into a few dense ones. */
  readonly sparse: boolean
  /** Columns that hold one and the same value in all training rows: they stay where each column has its place; absent: they are left out. */
  readonly constant?: boolean
}

/** A fitted model in words and numbers, for reports. */
export type ModelDescription = {
  /** One sentence, e.g. "143 trees with at most 31 leaves". */
  readonly summary: string
  /** Per matrix column, or for very wide matrices per column that counts most; non-negative, sums to 1; empty where the estimator has none. */
  readonly importance: readonly { readonly column: string; readonly source: string; readonly value: number }[]
}

/** Size of the matrix that an estimator would learn from. */
export type DataShape = {
  readonly rows: number
  /** Dense columns, and two more for every entry that a row of a sparse block has on average: an entry takes as much memory as two cells. */
  readonly columns: number
  /** Dense columns, and columns of the sparse block; absent: all are dense. */
  readonly dense?: number
  readonly sparse?: number
}

/** A tuning candidate: parameters to try, with a name for tables. */
export type Candidate = { readonly label: string; readonly params: Readonly<Record<string, unknown>> }

/** A learning algorithm. `P` its parameters after defaults, `S` its fitted state. */
export type Estimator<P = unknown, S = unknown> = {
  /** Stable id that pipelines and saved models hold, e.g. `gradient-boosting`. */
  readonly id: string
  /** Raised when the same parameters and data give another model. */
  readonly version: number
  readonly label: string
  readonly help: string
  readonly tasks: readonly Task[]
  readonly accepts: Accepts
  /** What the columns have to be, in order; absent: anything. Nothing in a project says that yet, so such an estimator is not offered in lists: a pipeline names it. */
  readonly columnsAre?: string
  /** Input may be partial: every parameter has a default. */
  readonly params: z.ZodType<P, unknown>
  /** What a neural network asks of a backend; absent for estimators that need none. */
  computes?(params: P): { readonly networks: readonly NetworkKind[]; readonly wish: BackendWish }
  /** Bytes needed at the peak of `fit`, matrix included. */
  estimateMemory(shape: DataShape & { classes: number }, params: P): number
  /** Learns from `matrix` (rows ≥ 1) and `target` of the same length. Throws MillraceError on data that cannot be learnt from. */
  fit(matrix: Matrix, target: Target, params: P, ctx: FitContext): Promise<S>
  /** One prediction per row; probabilities of a row sum to 1. Accepts zero rows. `pool` makes large matrices faster where given, never different. */
  predict(state: S, matrix: Matrix, pool?: KernelPool): Promise<Prediction>
  describe(state: S, columns: readonly MatrixColumn[]): ModelDescription
  /** Settings worth trying for data of this shape, the most promising first; the first is the default. */
  searchSpace(shape: DataShape & { classes: number; task: Task }): readonly Candidate[]
  /** False where an automatic choice should not spend its time on data of this shape; absent: always worth it. */
  worthTrying?(shape: DataShape): boolean
  serialise(state: S): SavedState
  /** The inverse of `serialise`; throws MillraceError `corrupt` on anything else. */
  deserialise(saved: SavedState): S
}

/** Checks an estimator's types where it is defined and forgets them for the registry. */
export function defineEstimator<P, S>(estimator: Estimator<P, S>): Estimator {
  return estimator
}
