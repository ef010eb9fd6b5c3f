import { createRng } from '../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { batchNorm } from '../../../../src/main/compute/layers/batch-norm.ts'
import { dense } from '../../../../src/main/compute/layers/dense.ts'
import { dropout } from '../../../../src/main/compute/layers/dropout.ts'
import { embedding } from '../../../../src/main/compute/layers/embedding.ts'
import { squaredError } from '../../../../src/main/compute/losses/squared-error.ts'
import type { Checkpoints } from '../../../../src/main/learn/checkpoints.ts'
import type { FitContext } from '../../../../src/main/learn/fit-context.ts'
import type { NetworkPlan } from '../../../../src/main/learn/neural/network-plan.ts'
import type { LearningRows } from '../../../../src/main/learn/neural/training-data.ts'
import { ownKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'

/** Rows of three numbers and a class, with what follows from them. */
export function madeRows(rows: number, seed: number): LearningRows {
  const rng = createRng(seed)
  const numbers = new Float32Array(3 * rows).map(() => rng.normal())
  const codes = Int32Array.from({ length: rows }, () => rng.below(4))
  const target = Float32Array.from({ length: rows }, (_, i) => 2 * (numbers[3 * i] ?? 0) - (numbers[3 * i + 1] ?? 0) * (codes[i] ?? 0))
  return { rows, numbers, codes, target, weights: new Float32Array(rows).fill(1) }
}

/** A small network with all that chance and memory go into: a learnt class, normalised layers, dropout, validation rows. */
export function madePlan(more: Partial<NetworkPlan> = {}, settings: Partial<NetworkPlan['settings']> = {}): NetworkPlan {
  const stem = embedding(3, [{ name: 'class', classes: 4, width: 2 }])
  return {
    network: { stem, layers: [dense(5, 16, 'relu'), batchNorm(16), dropout(0.2), dense(16, 1, 'linear')] },
    outputs: 1, loss: squaredError, lossName: 'squared error', train: madeRows(160, 1), validation: madeRows(60, 2), seeds: 1,
    settings: { epochs: 12, batchSize: 16, learningRate: 0.01, weightDecay: 0.01, patience: 6, ...settings },
    startBackend: () => startBackend('wasm', { threads: 1 }),
    ...more,
  }
}

/** A context, and what was logged. */
export function madeContext(more: Partial<FitContext> = {}): { readonly ctx: FitContext; readonly said: string[] } {
  const said: string[] = []
  const say = (message: string): void => {
    said.push(message)
  }
  return { ctx: { rng: createRng(3), pool: ownKernelPool(), log: { info: say, warn: say }, throwIfAborted: () => undefined, progress: () => undefined, ...more }, said }
}

/** Checkpoints in memory that are due after every so many steps; the work that they are of dies in the `dies`-th save, once it is whole. */
export function madeCheckpoints(every: number, saved = new Map<string, Uint8Array>(), dies = Infinity): { readonly checkpoints: Checkpoints; readonly saved: Map<string, Uint8Array> } {
  let [asked, saves] = [0, 0]
  const under = (prefix: string): Checkpoints => ({
    due: () => ++asked % every === 0,
    load: (name) => Promise.resolve(saved.get(prefix + name)),
    save(name, bytes) {
      saved.set(prefix + name, Buffer.from(bytes)) // as it comes from a file
      return ++saves === dies ? Promise.reject(new Error('killed')) : Promise.resolve()
    },
    fork: (name) => under(`${prefix}${name}/`),
  })
  return { checkpoints: under(''), saved }
}
