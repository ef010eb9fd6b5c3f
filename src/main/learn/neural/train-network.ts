import { initialise, measure, predict, trainingStep, type Measured, type Network } from '../../compute/network.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { adamW, type AdamSettings, type Optimiser } from '../../compute/optimiser.ts'
import { tf } from '../../compute/tensors.ts'
import type { FitContext } from '../fit-context.ts'
import { diverged } from './divergence.ts'
import { rateAt } from './learning-rate.ts'
import { watchLosses } from './loss-watch.ts'
import { lossKnowingNothing, lossOn } from './mean-loss.ts'
import type { TrainingData } from './training-data.ts'
import type { EpochLosses, FinishedTraining, TrainedNetwork, TrainingState } from './training-state.ts'

/** How a network is trained. */
export type TrainingSettings = {
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly weightDecay: number
  /** Epochs without improvement on the validation rows after which it stops; undefined: never. */
  readonly patience: number | undefined
}

/** What is trained, on which rows, and how. */
export type Training = {
  readonly network: Network
  /** Columns of what the network gives. */
  readonly outputs: number
  readonly loss: Loss
  readonly train: TrainingData
  readonly validation: TrainingData | undefined
  readonly settings: TrainingSettings
  /** Rows that are looked at at a time without learning from them; the mean and deviation of so many stand for those of all. */
  readonly look: number
}

/** Who follows a training. */
export type TrainingWatch = {
  /** What it goes on from; absent: from the beginning. */
  readonly from?: TrainingState | undefined
  /** Hears the mean losses of every epoch, also of those that were over in `from`. */
  onEpoch(epoch: number, losses: EpochLosses): void
  /** Asked after every step whether `keep` wants the state; absent: never. */
  wantsState?(): boolean
  keep?(state: TrainingState): Promise<void>
}

const ADAM: Omit<AdamSettings, 'weightDecay'> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
/** Times the loss of knowing nothing above which a training has run away, and the epochs that this must last: wide networks begin so at times, and come back. */
const RUNAWAY = { times: 10, epochs: 3 }
/** Share of that loss above which a training that had been there once has not come back: its units say the same of every row. */
const LOST = 0.95

/**
 * Trains on the backend in use. Two trainings that begin with the same numbers, or one that goes on from its own state, end with the same bits on one backend.
 * Throws MillraceError `invalid-data` where the loss is no number any more or grows without end, see `ranAway`, and `cancelled` where the user cancelled.
 */
export async function trainNetwork(training: Training, ctx: FitContext, watch: TrainingWatch): Promise<FinishedTraining> {
  const { from } = watch
  const start = initialise(training.network, ctx.rng.fork('weights')).map((weight, i) => ({ ...weight, values: from?.weights[i] ?? weight.values }))
  const optimiser = adamW(start, { ...ADAM, weightDecay: training.settings.weightDecay }, from?.adam)
  try {
    return await runEpochs(training, ctx, watch, optimiser)
  } finally {
    optimiser.close()
  }
}

async function runEpochs(training: Training, ctx: FitContext, watch: TrainingWatch, optimiser: Optimiser): Promise<FinishedTraining> {
  const { settings, validation, loss, outputs, train, look } = training
  const history = [...(watch.from?.history ?? [])]
  history.forEach((losses, i) => {
    watch.onEpoch(i + 1, losses)
  })
  const limit = RUNAWAY.times * (await lossKnowingNothing(loss, train, look, outputs, ctx))
  let best = watch.from?.best
  let begun = { steps: watch.from?.steps ?? 0, sum: watch.from?.sum ?? 0 }
  for (let epoch = history.length + 1; epoch <= settings.epochs && !isOver(best, epoch, settings); epoch++) {
    const keep = async (steps: number, sum: number): Promise<void> => watch.keep?.({ history, steps, sum, best, ...(await optimiser.save()) })
    const mean = await runEpoch(training, epoch, begun, ctx, optimiser, { wantsState: () => watch.wantsState?.() === true, keep })
    begun = { steps: 0, sum: 0 }
    const lasts = epoch === settings.epochs || (history.length >= RUNAWAY.epochs - 1 && history.slice(1 - RUNAWAY.epochs).every((before) => before.training > limit))
    if (mean > limit && lasts) throw diverged({ epoch, learningRate: settings.learningRate }, mean, `the loss (${mean.toPrecision(3)}) was over ${String(RUNAWAY.times)} times that of a network that knows nothing`)
    const judged = validation !== undefined || epoch === settings.epochs
    const held = judged ? await judge(training, mean, ctx, optimiser) : undefined
    if (held !== undefined) {
      if (!Number.isFinite(held.loss)) throw diverged({ epoch, learningRate: settings.learningRate }, held.loss, `the loss of the validation rows was no number any more (${String(held.loss)})`)
      const better = best === undefined || held.loss < best.loss || validation === undefined
      best = better ? { weights: (await optimiser.save()).weights, ...held, epochs: epoch, bestEpoch: epoch } : best && { ...best, epochs: epoch }
    }
    history.push({ training: mean, validation: validation === undefined ? null : (held?.loss ?? null) })
    watch.onEpoch(epoch, { training: mean, validation: history.at(-1)?.validation ?? null })
  }
  if (best === undefined) throw new Error('A training of no epochs')
  const away = history.findIndex((losses) => losses.training > limit)
  if (away >= 0 && best.loss > LOST * (await lossKnowingNothing(loss, validation ?? train, look, outputs, ctx))) {
    throw diverged({ epoch: away + 1, learningRate: settings.learningRate }, best.loss, `the loss was over ${String(RUNAWAY.times)} times that of a network that knows nothing, and at the end it knew no more than that one`)
  }
  return { history, network: best }
}

/** Whether the rows that judge have waited long enough for something better. */
function isOver(best: TrainedNetwork | undefined, epoch: number, { patience }: TrainingSettings): boolean {
  return patience !== undefined && best !== undefined && epoch - 1 - best.bestEpoch >= patience
}

/** The flag that cancels, asked between layers. */
function betweenLayers(ctx: FitContext): () => void {
  return () => {
    ctx.throwIfAborted()
  }
}

async function judge({ network, loss, train, validation, look }: Training, mean: number, ctx: FitContext, optimiser: Optimiser): Promise<{ readonly measured: Measured; readonly loss: number }> {
  const batch = tf.tidy(() => train.take(sampleOf(train.rows, look, ctx)).batch)
  try {
    const measured = await measure(network, batch, optimiser.weights(), ctx.rng.fork('measure'), betweenLayers(ctx))
    const output = (part: Parameters<typeof predict>[1]): tf.Tensor => predict(network, part, optimiser.weights(), measured, betweenLayers(ctx))
    return { measured, loss: validation === undefined ? mean : await lossOn(loss, validation, look, output, ctx) }
  } finally {
    tf.dispose([batch.numbers, ...(batch.codes === undefined ? [] : [batch.codes])])
  }
}

type Keeper = { wantsState(): boolean; keep(steps: number, sum: number): Promise<void> }

/** Mean loss of the epoch's steps; begins behind those that are over. */
async function runEpoch(
  { network, loss, train, settings }: Training, epoch: number, begun: { readonly steps: number; readonly sum: number }, ctx: FitContext, optimiser: Optimiser, keeper: Keeper,
): Promise<number> {
  const batches = Math.max(1, Math.round(train.rows / settings.batchSize))
  const rng = ctx.rng.fork(`epoch ${String(epoch)}`)
  const order = rng.shuffle(Int32Array.from({ length: train.rows }, (_, i) => i))
  const losses = watchLosses({ epoch, learningRate: settings.learningRate }, batches, begun.steps, begun.sum)
  try {
    for (let k = begun.steps; k < batches; k++) {
      ctx.throwIfAborted()
      const rows = order.subarray(Math.floor((k * train.rows) / batches), Math.floor(((k + 1) * train.rows) / batches))
      const rate = settings.learningRate * rateAt((epoch - 1) * batches + k, batches * settings.epochs)
      const chance = rng.fork(`step ${String(k)}`)
      const found = tf.tidy(() => {
        const { batch, target } = train.take(rows)
        const step = trainingStep(network, batch, target, optimiser.weights(), loss, chance, betweenLayers(ctx))
        optimiser.step(step.gradients, rate)
        return step.loss
      })
      await losses.add(found)
      if (k + 1 < batches && keeper.wantsState()) await keeper.keep(k + 1, await losses.sum())
    }
    return (await losses.sum()) / batches
  } finally {
    losses.close()
  }
}

function sampleOf(rows: number, most: number, ctx: FitContext): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i)
  return rows <= most ? all : ctx.rng.fork('measured rows').shuffle(all).slice(0, most).toSorted()
}
