import type { RunningBackend } from '../../compute/backend.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import type { Network } from '../../compute/network.ts'
import type { TrainingSettings } from './train-network.ts'
import type { LearningRows } from './training-data.ts'

/** Rows that one of several networks learns from, and those that judge it, by their numbers. */
export type RowPart = { readonly train: Int32Array; readonly held: Int32Array }

/** Networks of one form that are to be trained on the same rows, each from a start of its own. */
export type NetworkPlan = {
  readonly network: Network
  /** Columns of what the network gives. */
  readonly outputs: number
  readonly loss: Loss
  /** What the losses are called, for those who watch. */
  readonly lossName: string
  readonly train: LearningRows
  readonly validation: LearningRows | undefined
  /** What of `train` each network learns from and is judged by, where these are parts of it; undefined: all learn from all. */
  readonly parts?: readonly RowPart[] | undefined
  readonly settings: TrainingSettings
  /** How many networks. */
  readonly seeds: number
  /** Starts what computes; asked again where the device failed. */
  startBackend(): Promise<RunningBackend>
}
