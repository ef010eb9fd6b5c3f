import { toErrorData } from '#shared/errors.ts'
import type { BackendId, RunningBackend } from '../../compute/backend.ts'
import { parametersOf } from '../../compute/network.ts'
import type { FitContext } from '../fit-context.ts'
import { deviceTrouble, gaveUp } from './device-trouble.ts'
import { ranAway } from './divergence.ts'
import type { NetworkPlan } from './network-plan.ts'
import type { Attempt } from './checkpoint.ts'
import { checkpointsOf } from './seed-checkpoints.ts'
import { stepBytes } from './step-bytes.ts'
import { trainNetwork } from './train-network.ts'
import { partOf, placeRows, type TrainingData } from './training-data.ts'
import { isRefusal, lookRows, requireMemory, type MemoryLimits, type TrainingSizes } from './training-memory.ts'
import type { EpochLosses, TrainedNetwork } from './training-state.ts'

/** Share of the time between two checkpoints from which on a finished training is worth one. */
const WORTH_KEEPING = 0.1

/** A trained network, and the rate that it learnt with at last. */
export type SeedNetwork = TrainedNetwork & { readonly learningRate: number }

type Device = { readonly id: BackendId; readonly forwardBytes: number; readonly train: TrainingData; readonly validation: TrainingData | undefined }

/**
 * Trains networks one after the other: estimates the memory and refuses before anything is allocated, goes on from checkpoints, tries once more with a tenth of the
 * rate where a training runs away, and once with half the rows of a step where the device has no memory left or goes away. Leaves nothing on the device.
 */
export async function trainNetworks(plan: NetworkPlan, ctx: FitContext): Promise<{ readonly networks: readonly SeedNetwork[]; readonly backend: BackendId }> {
  const networks: SeedNetwork[] = []
  let { batchSize } = plan.settings
  for (let halved = false; ; ) {
    try {
      return { networks, backend: await onDevice(plan, ctx, batchSize, networks) }
    } catch (error) {
      const trouble = deviceTrouble(error)
      if (trouble === undefined || isRefusal(error)) throw error
      if (halved || batchSize < 2) throw gaveUp(trouble, batchSize, error)
      batchSize = Math.floor(batchSize / 2)
      halved = true
      ctx.log?.warn(`${trouble === 'device lost' ? 'The device that trains went away' : 'There was no memory left'} (${messageOf(error)}): begins again with steps of ${String(batchSize)} rows in place of ${String(plan.settings.batchSize)}`)
    }
  }
}

function messageOf(error: unknown): string {
  return toErrorData(error).message
}

async function onDevice(plan: NetworkPlan, ctx: FitContext, batchSize: number, networks: SeedNetwork[]): Promise<BackendId> {
  const backend = await plan.startBackend()
  const guarded: FitContext = {
    ...ctx,
    throwIfAborted() {
      ctx.throwIfAborted()
      const failure = backend.failure?.()
      if (failure !== undefined) throw failure
    },
  }
  if (backend.device.threads > 0 && backend.device.threads < ctx.pool.threads && backend.id === 'wasm') {
    ctx.log?.warn(`Trains on ${String(backend.device.threads)} of ${String(ctx.pool.threads)} threads, and slower: no more could be started`)
  }
  const placed: TrainingData[] = []
  try {
    const sizes = sizesOf(plan, backend, batchSize)
    requireMemory(sizes, limitsOf(backend, ctx))
    const [train, validation] = [plan.train, ...(plan.validation === undefined ? [] : [plan.validation])].map((rows) => {
      const data = placeRows(rows)
      placed.push(data)
      return data
    }) as [TrainingData, TrainingData | undefined]
    while (networks.length < plan.seeds) {
      const part = plan.parts?.[networks.length]
      const rows = part === undefined ? { train, validation } : { train: partOf(train, part.train), validation: partOf(train, part.held) }
      const network = await trainSeed(plan, { id: backend.id, forwardBytes: sizes.forwardBytes, ...rows }, batchSize, networks.length, guarded)
      guarded.throwIfAborted() // what a failed device said is no result
      networks.push(network)
    }
    return backend.id
  } catch (error) {
    throw toErrorData(error).code === 'cancelled' ? error : (backend.failure?.() ?? error)
  } finally {
    for (const data of placed) data.close()
    await backend.close()
  }
}

function sizesOf({ network, loss, train, validation }: NetworkPlan, { meter }: RunningBackend, batchSize: number): TrainingSizes {
  const cells = (train.numbers.length + train.codes.length) / train.rows + 2
  const parameters = parametersOf(network).reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0)
  return { rows: train.rows, held: validation?.rows ?? 0, cells, parameters, batchSize, ...stepBytes(network, loss, train, meter) }
}

function limitsOf({ limits }: RunningBackend, { memoryBytes }: FitContext): MemoryLimits {
  const own = limits?.ownMemory === true ? null : (memoryBytes ?? null)
  const bytes = [own, limits?.bytes ?? null].filter((limit) => limit !== null)
  return { bytes: bytes.length === 0 ? null : Math.min(...bytes), tensorBytes: limits?.tensorBytes ?? null }
}

async function trainSeed(plan: NetworkPlan, device: Device, batchSize: number, seed: number, ctx: FitContext): Promise<SeedNetwork> {
  const checkpoints = checkpointsOf(plan, device.id, seed, ctx)
  const found = await checkpoints?.load(batchSize)
  const onEpoch = epochListener(plan, seed, ctx)
  const replay = (history: readonly EpochLosses[]): void => {
    history.forEach((losses, i) => {
      onEpoch(i + 1, losses, '')
    })
  }
  replay(found?.ranAway ?? [])
  if (found?.kind === 'over') {
    replay(found.finished.history)
    return { ...found.finished.network, learningRate: found.learningRate }
  }
  let from = found?.state
  let tried: Attempt = found ?? { learningRate: plan.settings.learningRate, batchSize, ranAway: [] }
  for (;;) {
    const heard: EpochLosses[] = []
    const { learningRate, ranAway: before } = tried
    const attempt = { learningRate, batchSize: tried.batchSize, ranAway: before }
    const retried = learningRate < plan.settings.learningRate
    try {
      const settings = { ...plan.settings, learningRate, batchSize: attempt.batchSize }
      const finished = await trainNetwork({ ...plan, ...device, settings, look: lookRows(device.forwardBytes, attempt.batchSize) }, { ...ctx, rng: ctx.rng.fork(`network ${String(seed)}`) }, {
        from,
        onEpoch(epoch, losses) {
          heard.push(losses)
          onEpoch(epoch, losses, retried ? ', again with a tenth of the rate' : '')
        },
        wantsState: () => checkpoints?.due() === true,
        keep: async (state) => checkpoints?.save({ kind: 'under way', ...attempt, state }),
      })
      if (checkpoints?.due(WORTH_KEEPING) === true) await checkpoints.save({ kind: 'over', ...attempt, finished })
      return { ...finished.network, learningRate }
    } catch (error) {
      if (retried || !ranAway(error)) throw error
      ctx.log?.warn(`${messageOf(error)} Begins again with a tenth of the rate.`)
      tried = { ...attempt, learningRate: learningRate / 10, ranAway: heard }
      from = undefined
    }
  }
}

type EpochListener = (epoch: number, losses: EpochLosses, remark: string) => void

function epochListener({ lossName, seeds, settings }: NetworkPlan, seed: number, ctx: FitContext): EpochListener {
  const name = seeds > 1 ? `network ${String(seed + 1)} of ${String(seeds)}, ` : ''
  return (epoch, { training, validation }, remark) => {
    ctx.progress((seed + epoch / settings.epochs) / seeds, `${name}epoch ${String(epoch)}${remark}`)
    ctx.iteration?.({ loss: lossName, fold: seed, folds: seeds, iteration: epoch, training, validation })
  }
}
