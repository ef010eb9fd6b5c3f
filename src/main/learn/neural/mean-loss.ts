import type { Batch } from '../../compute/layers/embedding.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { tf } from '../../compute/tensors.ts'
import type { FitContext } from '../fit-context.ts'
import type { TrainingData } from './training-data.ts'

/** Mean loss over rows of what `output` says of them, `look` rows at a time. */
export async function lossOn(loss: Loss, data: TrainingData, look: number, output: (batch: Batch) => tf.Tensor, ctx: FitContext): Promise<number> {
  let [sum, total] = [0, 0]
  for (let from = 0; from < data.rows; from += look) {
    ctx.throwIfAborted()
    let part = 0
    const rows = Int32Array.from({ length: Math.min(look, data.rows - from) }, (_, i) => from + i)
    const found = tf.tidy(() => {
      const { batch, target } = data.take(rows)
      part = target.total
      return loss.evaluate(output(batch), target.values, target.weights, target.total).loss
    })
    sum += ((await found.data())[0] ?? Number.NaN) * part
    total += part
    found.dispose()
  }
  return sum / total
}

/** Mean loss of a network that says 0 of every row: what one that learns stays below. */
export async function lossKnowingNothing(loss: Loss, data: TrainingData, look: number, outputs: number, ctx: FitContext): Promise<number> {
  return lossOn(loss, data, look, ({ numbers }) => tf.zeros([numbers.shape[0] ?? 0, outputs]), ctx)
}
