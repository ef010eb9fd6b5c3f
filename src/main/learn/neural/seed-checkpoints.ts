import { hashValue } from '../../base/hash.ts'
import type { BackendId } from '../../compute/backend.ts'
import { parametersOf } from '../../compute/network.ts'
import type { FitContext } from '../fit-context.ts'
import { decodeCheckpoint, encodeCheckpoint, type TrainingCheckpoint } from './checkpoint.ts'
import type { NetworkPlan } from './network-plan.ts'

/** Checkpoints of one network's training. */
export type SeedCheckpoints = {
  due(share?: number): boolean
  /** What a training with steps of at most so many rows may go on from; says so in the log. */
  load(batchSize: number): Promise<TrainingCheckpoint | undefined>
  save(checkpoint: TrainingCheckpoint): Promise<void>
}

/** Those of the network `seed` of a plan, on one backend: on another the same training ends with other bits. Undefined where nothing can be kept. */
export function checkpointsOf(plan: NetworkPlan, backend: BackendId, seed: number, { checkpoints, log }: FitContext): SeedCheckpoints | undefined {
  if (checkpoints === undefined) return undefined
  const { network, settings, train, validation, parts, lossName } = plan
  const parameters = parametersOf(network).map(({ name, shape, decays }) => ({ name, shape, decays }))
  const training = hashValue({ parameters, settings, rows: [train.rows, validation?.rows ?? 0, parts?.[seed]?.held.length ?? 0], lossName, backend })
  const sizes = parameters.map(({ shape }) => shape.reduce((size, side) => size * side, 1))
  const name = `network ${String(seed)}`
  return {
    due: (share) => checkpoints.due(share),
    async load(batchSize) {
      const bytes = await checkpoints.load(name)
      if (bytes === undefined) return undefined
      const found = decodeCheckpoint(training, sizes, bytes)
      if (found === undefined || found.batchSize > batchSize) {
        log?.info(`A checkpoint of ${name} is of another training: it begins anew`)
        return undefined
      }
      const { epochs } = settings
      const at = found.kind === 'over' ? 'its end' : `epoch ${String(found.state.history.length + 1)} of ${String(epochs)}, behind ${String(found.state.steps)} of its steps`
      log?.info(`Goes on from the checkpoint of ${name}: ${at}`)
      return found
    },
    save: async (checkpoint) => checkpoints.save(name, encodeCheckpoint(training, checkpoint)),
  }
}
