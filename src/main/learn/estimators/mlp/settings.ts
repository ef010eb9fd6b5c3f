import { batchSizeFor } from '../../neural/training-params.ts'
import type { MlpParams } from './params.ts'

type Figure = 'hidden' | 'dropout' | 'seeds' | 'patience' | 'batchSize' | 'epochs'

/** Parameters with a figure wherever one was left to the data. */
export type MlpSettings = Omit<MlpParams, Figure> & { readonly [K in Figure]: Exclude<MlpParams[K], 'auto'> }

/** What figures follow from: training rows, and whether classes are learnt. */
export type Facts = { readonly rows: number; readonly classes: boolean }

/** Rows below which data are small and of a middle size. */
const [SMALL, MIDDLE] = [1000, 10_000]
/** Steps that a training should have at least, as far as `MOST_EPOCHS` go. */
const STEPS = 800
const [FEWEST_EPOCHS, MOST_EPOCHS] = [40, 80]

/** The figures for data of this size. */
export function settingsFor(params: MlpParams, { rows, classes }: Facts): MlpSettings {
  const size = rows < SMALL ? 0 : rows < MIDDLE ? 1 : 2
  const batchSize = given(params.batchSize, () => batchSizeFor(rows))
  const epochs = given(params.epochs, () => Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.ceil(STEPS / Math.max(1, rows / batchSize)))))
  return {
    ...params,
    hidden: given(params.hidden, () => [[64, 32], [128, 64], [256, 128]][size] as readonly number[] as number[]),
    dropout: given(params.dropout, () => (classes ? [0.4, 0.4, 0.2][size] : 0.05) as number),
    seeds: given(params.seeds, () => [5, 3, 1][size] as number),
    patience: given(params.patience, () => Math.ceil(epochs / 2)),
    batchSize,
    epochs,
  }
}

function given<T>(value: T | 'auto', otherwise: () => T): T {
  return value === 'auto' ? otherwise() : value
}
