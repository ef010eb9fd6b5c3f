import { parametersOf, trainingStep, type Network } from '../../compute/network.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { tf } from '../../compute/tensors.ts'
import { createRng } from '../../base/rng.ts'
import { placeRows, type LearningRows } from './training-data.ts'

/** Rows of the two steps that tell what a row takes. */
const [FEW, MORE] = [2, 4]

/** Bytes that a training step takes for each row and besides, see `TrainingSizes`: asked of the network itself by two tiny steps on the backend in use. */
export function stepBytes(network: Network, loss: Loss, rows: LearningRows): { readonly rowBytes: number; readonly stepBytes: number } {
  const bytes = (count: number): number =>
    tf.tidy(() => {
      const placed = placeRows(firstRows(rows, count))
      const weights = parametersOf(network).map(({ shape }) => tf.zeros([...shape]))
      const before = tf.memory().numBytes
      const { batch, target } = placed.take(Int32Array.from({ length: count }, (_, i) => i))
      trainingStep(network, batch, target, weights, loss, createRng(1))
      return tf.memory().numBytes - before
    })
  const [few, more] = [bytes(FEW), bytes(MORE)]
  const rowBytes = (more - few) / (MORE - FEW)
  return { rowBytes, stepBytes: Math.max(0, few - FEW * rowBytes) }
}

/** The first rows, and those again where there are not so many. */
function firstRows({ rows, numbers, codes, target }: LearningRows, count: number): LearningRows {
  const pick = <T extends Float32Array | Int32Array>(cells: T, make: (length: number) => T): T => {
    const width = cells.length / rows
    return make(count * width).map((_, at) => cells[(Math.floor(at / width) % rows) * width + (at % width)] as number) as T
  }
  return {
    rows: count,
    numbers: pick(numbers, (length) => new Float32Array(length)),
    codes: pick(codes, (length) => new Int32Array(length)),
    target: target instanceof Int32Array ? pick(target, (length) => new Int32Array(length)) : pick(target, (length) => new Float32Array(length)),
    weights: new Float32Array(count).fill(1),
  }
}
