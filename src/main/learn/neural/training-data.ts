import { tf } from '../../compute/tensors.ts'
import type { Batch } from '../../compute/layers/embedding.ts'
import type { BatchTarget } from '../../compute/network.ts'

/** Rows on the device, to be taken batch by batch. */
export type TrainingData = {
  readonly rows: number
  /** Rows of the given numbers, in their order. Run it inside `tidy`. */
  take(rows: Int32Array): { readonly batch: Batch; readonly target: BatchTarget }
  close(): void
}

/** What a network learns from: numbers and codes row after row, and per row what is to be said and how much the row counts. */
export type LearningRows = {
  readonly rows: number
  readonly numbers: Float32Array
  /** Class numbers of embedded columns; empty where there are none. */
  readonly codes: Int32Array
  /** Class numbers (Int32Array) or numbers. */
  readonly target: Int32Array | Float32Array
  readonly weights: Float32Array
}

/** Puts rows on the device of the backend in use. */
export function placeRows({ rows, numbers, codes, target, weights }: LearningRows): TrainingData {
  const placed = tf.tidy(() => [
    tf.tensor2d(numbers, [rows, numbers.length / rows]),
    target instanceof Int32Array ? tf.tensor1d(target, 'int32') : tf.tensor1d(target),
    tf.tensor1d(weights),
    ...(codes.length === 0 ? [] : [tf.tensor2d(codes, [rows, codes.length / rows], 'int32')]),
  ])
  const [cells, values, shares, classes] = placed as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined]
  return {
    rows,
    take(chosen) {
      const index = tf.tensor1d(chosen, 'int32')
      let total = 0
      for (const row of chosen) total += weights[row] as number
      return {
        batch: { numbers: tf.gather(cells, index), codes: classes === undefined ? undefined : tf.gather(classes, index) },
        target: { values: tf.gather(values, index), weights: tf.gather(shares, index), total: total > 0 ? total : 1 },
      }
    },
    close() {
      tf.dispose(placed)
    },
  }
}

/** Some of the rows, which stay where they are: numbered from 0 in the order of `chosen`. */
export function partOf(data: TrainingData, chosen: Int32Array): TrainingData {
  return { rows: chosen.length, take: (rows) => data.take(rows.map((row) => chosen[row] as number)), close: () => undefined }
}
