import { LAYER_NORM_EPSILON } from '../../../compute/layers/layer-norm.ts'
import { multiply, placed } from './own-space.ts'
import type { Stage } from './stage.ts'

/** Weights of a recurrent layer, as `lstm` and `gru` have them. */
export type RecurrentWeights = { readonly kernel: Float32Array; readonly recurrent: Float32Array; readonly bias: Float32Array }

/** A recurrent layer over windows of `steps` moments of `features` numbers: the last state. */
export function recurrentStage(cell: 'lstm' | 'gru', { kernel, recurrent, bias }: RecurrentWeights, steps: number, features: number): Stage {
  const gates = bias.length
  const units = recurrent.length / gates
  return {
    width: units,
    room: steps * (features + gates) + 2 * (steps + 1) * units,
    place(space) {
      const { arena, pool } = space
      const [kernelAt, recurrentAt, biasAt] = [placed(space, kernel), placed(space, recurrent), placed(space, bias)]
      const scratch = arena.allocate(pool.call(cell === 'lstm' ? 'lstmScratch' : 'gruScratch', units))
      return (input, rows) => {
        const state = rows * units
        const [times, open, h, other] = [steps * rows * features, steps * rows * gates, (steps + 1) * state, (steps + 1) * state].map((count) => arena.allocate(count * 4)) as [number, number, number, number]
        pool.call('swapAxes', input, rows, steps, features, 0, rows, times)
        multiply(space, {
          a: times, aRow: features, aColumn: 1, b: kernelAt, bRow: gates, bColumn: 1, c: open, cRow: gates, rows: steps * rows, columns: gates, depth: features, bias: biasAt,
        })
        for (const start of [h, other]) arena.float32(start, state).fill(0)
        pool.call(cell, open, recurrentAt, h, other, rows, 0, rows, steps, units, 0, scratch) // `other`: the cells of an LSTM, what a GRU resets
        return h + steps * state * 4
      }
    },
  }
}

/** Layer normalisation as `layerNorm` trains it. */
export function layerNormStage(gamma: Float32Array, beta: Float32Array): Stage {
  const columns = gamma.length
  return {
    width: columns,
    room: columns + 2,
    place(space) {
      const { arena, pool } = space
      const [gammaAt, betaAt] = [placed(space, gamma), placed(space, beta)]
      return (input, rows) => {
        const [output, moments] = [arena.allocate(rows * columns * 4), arena.allocate(rows * 8)]
        pool.call('layerNorm', input, 0, rows, columns, gammaAt, betaAt, LAYER_NORM_EPSILON, output, moments, moments + rows * 4)
        return output
      }
    },
  }
}
