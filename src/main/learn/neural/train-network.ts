import { MillraceError, toErrorData } from '#shared/errors.ts'
import { initialise, measure, predict, trainingStep, type Measured, type Network } from '../../compute/network.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { adamW, type AdamSettings, type Optimiser } from '../../compute/optimiser.ts'
import { tf } from '../../compute/tensors.ts'
import type { FitContext } from '../fit-context.ts'
import { rateAt } from './learning-rate.ts'
import type { TrainingData } from './training-data.ts'

/** Whether a training ended because its loss was no number any more: a smaller rate may do. */
export function ranAway(error: unknown): boolean {
  return toErrorData(error).details['diverged'] === true
}

/** How a network is trained. */
export type TrainingSettings = {
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly weightDecay: number
  /** Epochs without improvement on the validation rows after which it stops; undefined: never. */
  readonly patience: number | undefined
}

/** A trained network: its weights and what its layers measured, at the best epoch. */
export type TrainedNetwork = { readonly weights: readonly Float32Array[]; readonly measured: Measured; readonly epochs: number; readonly bestEpoch: number; readonly loss: number }

/** Hears the mean losses of an epoch. */
export type EpochListener = (epoch: number, training: number, validation: number | null) => void

const ADAM: Omit<AdamSettings, 'weightDecay'> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
/** Rows whose mean and deviation stand for those of all. */
const MEASURED_ROWS = 8192
/** Rows that are predicted at a time. */
const CHUNK = 8192

/** Trains on the backend in use. Throws MillraceError `invalid-data` where the loss is no number any more, see `ranAway`, and `cancelled` where the user cancelled. */
export async function trainNetwork(
  network: Network, loss: Loss, train: TrainingData, validation: TrainingData | undefined, settings: TrainingSettings, ctx: FitContext, onEpoch: EpochListener,
): Promise<TrainedNetwork> {
  const optimiser = adamW(initialise(network, ctx.rng.fork('weights')), { ...ADAM, weightDecay: settings.weightDecay })
  try {
    return await runEpochs(network, loss, train, validation, settings, ctx, optimiser, onEpoch)
  } finally {
    optimiser.close()
  }
}

async function runEpochs(
  network: Network, loss: Loss, train: TrainingData, validation: TrainingData | undefined, settings: TrainingSettings, ctx: FitContext, optimiser: Optimiser, onEpoch: EpochListener,
): Promise<TrainedNetwork> {
  const batches = Math.max(1, Math.round(train.rows / settings.batchSize))
  const sample = sampleOf(train.rows, ctx)
  const measureNow = async (): Promise<Measured> => {
    const batch = tf.tidy(() => train.take(sample).batch)
    try {
      return await measure(network, batch, optimiser.weights(), ctx.rng.fork('measure'))
    } finally {
      tf.dispose([batch.numbers, ...(batch.codes === undefined ? [] : [batch.codes])])
    }
  }
  let best: TrainedNetwork | undefined
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const training = await runEpoch(network, loss, train, batches, epoch, settings, ctx, optimiser)
    if (!Number.isFinite(training)) throw diverged(epoch, settings.learningRate)
    const last = epoch === settings.epochs
    if (validation === undefined && !last) {
      onEpoch(epoch, training, null)
      continue
    }
    const measured = await measureNow()
    const held = validation === undefined ? training : await lossOn(network, loss, validation, optimiser.weights(), measured, ctx)
    onEpoch(epoch, training, validation === undefined ? null : held)
    if (best === undefined || held < best.loss || validation === undefined) {
      best = { weights: (await optimiser.save()).weights, measured, epochs: epoch, bestEpoch: epoch, loss: held }
    } else {
      best = { ...best, epochs: epoch }
      if (settings.patience !== undefined && epoch - best.bestEpoch >= settings.patience) break
    }
  }
  if (best === undefined) throw diverged(settings.epochs, settings.learningRate)
  return best
}

async function runEpoch(
  network: Network, loss: Loss, train: TrainingData, batches: number, epoch: number, settings: TrainingSettings, ctx: FitContext, optimiser: Optimiser,
): Promise<number> {
  const rng = ctx.rng.fork(`epoch ${String(epoch)}`)
  const order = rng.shuffle(Int32Array.from({ length: train.rows }, (_, i) => i))
  const chance = rng.fork('dropout')
  const steps = batches * settings.epochs
  let sum = tf.scalar(0)
  try {
    for (let k = 0; k < batches; k++) {
      ctx.throwIfAborted()
      const rows = order.subarray(Math.floor((k * train.rows) / batches), Math.floor(((k + 1) * train.rows) / batches))
      const rate = settings.learningRate * rateAt((epoch - 1) * batches + k, steps)
      const next = tf.tidy(() => {
        const { batch, target } = train.take(rows)
        const step = trainingStep(network, batch, target, optimiser.weights(), loss, chance)
        optimiser.step(step.gradients, rate)
        return tf.add(sum, step.loss)
      })
      sum.dispose()
      sum = next as tf.Scalar
    }
    return ((await sum.data())[0] ?? Number.NaN) / batches
  } finally {
    sum.dispose()
  }
}

function sampleOf(rows: number, ctx: FitContext): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i)
  return rows <= MEASURED_ROWS ? all : ctx.rng.fork('measured rows').shuffle(all).slice(0, MEASURED_ROWS).toSorted()
}

/** Mean loss over rows that the network does not learn from. */
async function lossOn(network: Network, loss: Loss, data: TrainingData, weights: readonly tf.Tensor[], measured: Measured, ctx: FitContext): Promise<number> {
  let [sum, total] = [0, 0]
  for (let from = 0; from < data.rows; from += CHUNK) {
    ctx.throwIfAborted()
    let part = 0
    const rows = Int32Array.from({ length: Math.min(CHUNK, data.rows - from) }, (_, i) => from + i)
    const found = tf.tidy(() => {
      const { batch, target } = data.take(rows)
      part = target.total
      return loss.evaluate(predict(network, batch, weights, measured), target.values, target.weights, target.total).loss
    })
    sum += ((await found.data())[0] ?? Number.NaN) * part
    total += part
    found.dispose()
  }
  return sum / total
}

function diverged(epoch: number, rate: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The training ran away',
    message: `In epoch ${String(epoch)} the loss was no number any more, with a learning rate of ${String(rate)}.`,
    nextStep: 'Set a smaller `learningRate`, and look for very large numbers among the columns.',
    details: { epoch, learningRate: rate, diverged: true },
  })
}
