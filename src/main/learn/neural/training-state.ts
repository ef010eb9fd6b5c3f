import type { Measured } from '../../compute/network.ts'
import type { AdamState } from '../../compute/optimiser.ts'

/** A trained network: its weights and what its layers measured, at the best epoch. */
export type TrainedNetwork = { readonly weights: readonly Float32Array[]; readonly measured: Measured; readonly epochs: number; readonly bestEpoch: number; readonly loss: number }

/** Mean losses of an epoch: on the rows it learnt from, and on those that judge, where there are any. */
export type EpochLosses = { readonly training: number; readonly validation: number | null }

/** All that the rest of a training follows from: what chance it takes is drawn anew for every epoch and every step. */
export type TrainingState = {
  /** Epochs that are over. */
  readonly history: readonly EpochLosses[]
  /** Steps of the epoch under way that are over, and the sum of their losses. */
  readonly steps: number
  readonly sum: number
  readonly weights: readonly Float32Array[]
  readonly adam: AdamState
  readonly best: TrainedNetwork | undefined
}

/** A training that is over: nothing is left but what it gave, and how its losses went. */
export type FinishedTraining = { readonly history: readonly EpochLosses[]; readonly network: TrainedNetwork }
