import { activationCodes } from '../../../wasm/neural-kernels.ts'
import { multiply, placed } from './own-space.ts'
import type { Stage } from './stage.ts'

/** activation(x · kernel + bias). */
export function denseStage(kernel: Float32Array, bias: Float32Array, activation: 'linear' | 'relu'): Stage {
  const outputs = bias.length
  const inputs = kernel.length / outputs
  return {
    width: outputs,
    room: outputs,
    place(space) {
      const [b, biasAt] = [placed(space, kernel), placed(space, bias)]
      return (input, rows) => {
        const output = space.arena.allocate(rows * outputs * 4)
        multiply(space, {
          a: input, aRow: inputs, aColumn: 1, b, bRow: outputs, bColumn: 1, c: output, cRow: outputs, rows, columns: outputs, depth: inputs,
          bias: biasAt, activation: activationCodes[activation],
        })
        return output
      }
    },
  }
}
