import type { ColumnBins } from '../trees/column-bins.ts'
import type { Tree } from './tree.ts'

/** A fitted gradient-boosting model. */
export type BoostingState = {
  /** Class names; empty for regression. */
  readonly classes: readonly string[]
  /** Raw score before the first tree, per output. */
  readonly start: readonly number[]
  /** Regression: prediction = mean + deviation × raw score. */
  readonly mean: number
  readonly deviation: number
  /** Regression, `log`: prediction = mean · e^raw score. */
  readonly link: 'identity' | 'log'
  /** True where rows counted by class. */
  readonly weighted: boolean
  /** What the trees minimised, where it is not the usual loss of the task. */
  readonly objective: string | undefined
  readonly columns: readonly ColumnBins[]
  /** Tree t adds to output t mod outputs. */
  readonly trees: readonly Tree[]
  /** Total gain per column, normalised to sum 1 (all 0 where no tree splits). */
  readonly importance: readonly number[]
}
