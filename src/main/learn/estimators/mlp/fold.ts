import { BATCH_NORM_EPSILON } from '../../../compute/layers/batch-norm.ts'
import type { MlpState } from './state.ts'

/** A trained network made ready for predictions: batch normalisation has gone into the layer behind it. */
export type Folded = {
  /** Per embedded column its vectors, class after class. */
  readonly tables: readonly { readonly width: number; readonly values: Float32Array }[]
  /** Columns of the input: numbers, then vectors. */
  readonly width: number
  readonly layers: readonly { readonly inputs: number; readonly outputs: number; readonly kernel: Float32Array; readonly bias: Float32Array }[]
}



const folded = new WeakMap<MlpState, readonly Folded[]>()

/** The state's networks, folded once. */
export function foldedOf(state: MlpState): readonly Folded[] {
  const before = folded.get(state)
  if (before !== undefined) return before
  const made = state.networks.map((_, k) => fold(state, k))
  folded.set(state, made)
  return made
}

function fold({ encoding, form, networks }: MlpState, k: number): Folded {
  const { weights, measured } = networks[k] as MlpState['networks'][number]
  const tables = encoding.flatMap((column) => (column.kind === 'classes' ? [column.classes + 1] : [])).map((classes, i) => {
    const values = weights[i] as Float32Array
    return { width: values.length / classes, values }
  })
  let at = tables.length
  const first = weights[at] as Float32Array
  const layers: Folded['layers'][number][] = []
  let inputs = first.length / (weights[at + 1] as Float32Array).length
  const width = inputs
  let scale: Float64Array | undefined
  let move: Float64Array | undefined
  for (let layer = 0; layer <= form.hidden.length; layer++) {
    const [kernel, bias] = [weights[at++] as Float32Array, weights[at++] as Float32Array]
    layers.push(scale === undefined || move === undefined ? { inputs, outputs: bias.length, kernel, bias } : through(inputs, kernel, bias, scale, move))
    inputs = bias.length
    if (!form.batchNorm || layer === form.hidden.length) continue
    const [gamma, beta] = [weights[at++] as Float32Array, weights[at++] as Float32Array]
    const [mean, variance] = [measured[2 * layer] as Float32Array, measured[2 * layer + 1] as Float32Array]
    const own = Float64Array.from(gamma, (value, j) => value / Math.sqrt((variance[j] as number) + BATCH_NORM_EPSILON))
    scale = own
    move = Float64Array.from(beta, (value, j) => value - (mean[j] as number) * (own[j] as number))
  }
  return { tables, width, layers }
}

/** (x · scale + move) · kernel + bias as one product. */
function through(inputs: number, kernel: Float32Array, bias: Float32Array, scale: Float64Array, move: Float64Array): Folded['layers'][number] {
  const outputs = bias.length
  const own = new Float32Array(kernel.length)
  const sums = Float64Array.from(bias)
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      const cell = kernel[i * outputs + j] as number
      own[i * outputs + j] = cell * (scale[i] as number)
      sums[j] = (sums[j] as number) + cell * (move[i] as number)
    }
  }
  return { inputs, outputs, kernel: own, bias: Float32Array.from(sums) }
}
