import { createRng } from '../../base/rng.ts'
import type { MemoryMeter } from '../../compute/backend.ts'
import { parametersOf, predict, trainingStep, type Network } from '../../compute/network.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { tf } from '../../compute/tensors.ts'
import { placeRows, type LearningRows, type TrainingData } from './training-data.ts'
import type { TrainingSizes } from './training-memory.ts'

/** Rows of the two steps that tell what a row takes. */
const [FEW, MORE] = [16, 48]
/** Share of a step's tensors that are there at once on the way forward. */
const FORWARD = 0.5
/** Times its tensors that a row takes at most: what kernels need besides grows with the threads at work too, which are few for few rows. */
const MOST = 2.5

/** Bytes that a step and a look at rows take: for each row, and whatever their number. */
export type StepBytes = Pick<TrainingSizes, 'rowBytes' | 'stepBytes' | 'lookBytes' | 'forwardBytes'>

/** What a network takes in training, asked of itself by small steps on the backend in use. */
export function stepBytes(network: Network, loss: Loss, rows: LearningRows, meter: MemoryMeter | undefined): StepBytes {
  const step: Work = ({ batch, target }, weights) => trainingStep(network, batch, target, weights, loss, createRng(1))
  const measured = network.layers.flatMap(({ measured: vectors = [] }) => vectors.map(({ size }) => new Float32Array(size).fill(1)))
  const look: Work = ({ batch }, weights) => predict(network, batch, weights, measured)
  const taken = (work: Work, count: number): Taken => onRows(network, rows, count, work, meter)
  const perRow = (fewer: Taken, more: Taken, part: keyof Taken): number => (more[part] - fewer[part]) / (MORE - FEW)
  const [few, more] = [taken(step, FEW), taken(step, MORE)]
  const tensors = perRow(few, more, 'tensors')
  const rowBytes = Math.min(perRow(few, more, 'all'), MOST * tensors)
  const lookBytes = meter === undefined ? FORWARD * tensors : Math.min(perRow(taken(look, FEW), taken(look, MORE), 'all'), rowBytes)
  return { rowBytes, stepBytes: Math.max(0, few.all - FEW * rowBytes), lookBytes, forwardBytes: FORWARD * tensors }
}

type Work = (taken: ReturnType<TrainingData['take']>, weights: readonly tf.Tensor[]) => unknown
/** Bytes of all tensors that were made, and with what kernels needed besides, as far as somebody counts. */
type Taken = { readonly tensors: number; readonly all: number }

function onRows(network: Network, rows: LearningRows, count: number, work: Work, meter: MemoryMeter | undefined): Taken {
  let found: Taken = { tensors: 0, all: 0 }
  tf.tidy(() => {
    const placed = placeRows(firstRows(rows, count))
    const weights = parametersOf(network).map(({ shape }) => tf.zeros([...shape]))
    const before = tf.memory().numBytes
    let tensors = 0
    const run = (): void => {
      work(placed.take(Int32Array.from({ length: count }, (_, i) => i)), weights)
      tensors = tf.memory().numBytes - before
    }
    const all = meter?.peakDuring(run)
    if (all === undefined) run()
    found = { tensors, all: all ?? tensors }
  })
  return found
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
