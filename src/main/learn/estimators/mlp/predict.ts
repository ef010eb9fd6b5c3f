import type { Matrix, Prediction } from '../../../table/matrix.ts'
import { createArena, type Arena } from '../../../wasm/arena.ts'
import { neuralPoolOf } from '../../../wasm/create-kernel-pool.ts'
import type { NeuralPool } from '../../../wasm/kernel-pool.ts'
import { activationCodes } from '../../../wasm/neural-kernels.ts'
import { splitProduct } from '../../../wasm/split-product.ts'
import { requireFinite } from '../require-finite.ts'
import { encodeRows, type EncodedRows } from './encode.ts'
import { foldedOf, type Folded } from './fold.ts'
import { addProbabilities } from '../../neural/scores.ts'
import { outputsOf, type MlpState } from './state.ts'

/** Rows that go through the network at a time. */
const CHUNK = 2048
/** Rows are filled up with zeros to whole tiles of the kernels, more than they take for few rows, where they add up in another order: a row alone shall get the same bits. */
const TILE_ROWS = 6
const LEAST_ROWS = 12

type Space = { readonly arena: Arena; readonly pool: NeuralPool; readonly scratch: number }

let own: Space | undefined

/** This thread's own kernels: predictions need no backend. */
function spaceOf(): Space {
  if (own !== undefined) return own
  const arena = createArena()
  const pool = neuralPoolOf(arena.memory)
  own = { arena, pool, scratch: arena.allocate(pool.call('productScratch')) }
  return own
}

/** Predictions for a matrix in the columns that the state was fitted on. */
export function predictMlp(state: MlpState, matrix: Matrix): Prediction {
  requireFinite(matrix, 'A neural network')
  const scores = scoresOf(state, encodeRows(matrix, state.encoding))
  const { link, classes, scale, shift, temperature } = state
  if (link === 'identity') return { kind: 'numbers', values: Float64Array.from(scores, (score) => score * scale + shift) }
  const probabilities = new Float64Array(matrix.rows * classes.length)
  addProbabilities(link, scores, outputsOf(state), temperature, 1, probabilities)
  return { kind: 'classes', probabilities, classes }
}

/** Scores row after row: the mean of the networks'. */
export function scoresOf(state: MlpState, rows: Pick<EncodedRows, 'rows' | 'numbers' | 'codes'>): Float32Array {
  const outputs = outputsOf(state)
  const networks = foldedOf(state)
  const sums = new Float64Array(rows.rows * outputs)
  const space = spaceOf()
  for (const network of networks) {
    for (let from = 0; from < rows.rows; from += CHUNK) {
      const to = Math.min(rows.rows, from + CHUNK)
      const mark = space.arena.mark()
      const scores = forward(space, network, rows, from, to)
      for (let i = 0; i < scores.length; i++) sums[from * outputs + i] = (sums[from * outputs + i] as number) + (scores[i] as number) / networks.length
      space.arena.release(mark)
    }
  }
  return Float32Array.from(sums)
}

function forward({ arena, pool, scratch }: Space, network: Folded, rows: Pick<EncodedRows, 'rows' | 'numbers' | 'codes'>, from: number, to: number): Float32Array {
  const count = Math.max(LEAST_ROWS, Math.ceil((to - from) / TILE_ROWS) * TILE_ROWS)
  let input = arena.allocate(count * network.width * 4)
  const cells = arena.float32(input, count * network.width)
  fill(cells, network, rows, from, to)
  cells.fill(0, (to - from) * network.width)
  network.layers.forEach(({ inputs, outputs, kernel, bias }, layer) => {
    const [kernelAt, biasAt, output] = [arena.allocate(kernel.byteLength), arena.allocate(bias.byteLength), arena.allocate(count * outputs * 4)]
    arena.float32(kernelAt, kernel.length).set(kernel)
    arena.float32(biasAt, bias.length).set(bias)
    const activation = layer < network.layers.length - 1 ? activationCodes.relu : activationCodes.linear
    pool.together(
      splitProduct(
        { a: input, aRow: inputs, aColumn: 1, b: kernelAt, bRow: outputs, bColumn: 1, c: output, cRow: outputs, rows: count, columns: outputs, depth: inputs, bias: biasAt, activation },
        [scratch],
      ),
    )
    input = output
  })
  return arena.float32(input, (to - from) * (network.layers.at(-1)?.outputs ?? 0))
}

/** The network's input: numbers, then the vectors of the classes. */
function fill(out: Float32Array, { tables, width }: Folded, { rows, numbers, codes }: Pick<EncodedRows, 'rows' | 'numbers' | 'codes'>, from: number, to: number): void {
  const [plain, classed] = [rows === 0 ? 0 : numbers.length / rows, tables.length]
  for (let i = from; i < to; i++) {
    let at = (i - from) * width
    out.set(numbers.subarray(i * plain, (i + 1) * plain), at)
    at += plain
    tables.forEach((table, column) => {
      const code = codes[i * classed + column] as number
      out.set(table.values.subarray(code * table.width, (code + 1) * table.width), at)
      at += table.width
    })
  }
}
