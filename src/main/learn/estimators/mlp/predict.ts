import type { Matrix, Prediction } from '../../../table/matrix.ts'
import { activationCodes } from '../../../wasm/neural-kernels.ts'
import { multiply, ownSpace, placed, type OwnSpace } from '../../neural/forward/own-space.ts'
import type { EncodedRows } from '../../neural/learning-parts.ts'
import { outputsOf } from '../../neural/problem.ts'
import { predictionOf } from '../../neural/scores.ts'
import { requireFinite } from '../require-finite.ts'
import { encodeRows } from './encode.ts'
import { foldedOf, type Folded } from './fold.ts'
import type { MlpState } from './state.ts'

/** Rows that go through the network at a time. */
const CHUNK = 2048
/** Rows are filled up with zeros to whole tiles of the kernels, more than they take for few rows, where they add up in another order: a row alone shall get the same bits. */
const TILE_ROWS = 6
const LEAST_ROWS = 12

/** Predictions for a matrix in the columns that the state was fitted on. */
export function predictMlp(state: MlpState, matrix: Matrix): Prediction {
  requireFinite(matrix, 'A neural network')
  const scores = scoresOf(state, encodeRows(matrix, state.encoding))
  return predictionOf(state, scores, state.temperature)
}

/** Scores row after row: the mean of the networks'. */
export function scoresOf(state: MlpState, rows: EncodedRows): Float32Array {
  const outputs = outputsOf(state)
  const networks = foldedOf(state)
  const sums = new Float64Array(rows.rows * outputs)
  const space = ownSpace()
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

function forward(space: OwnSpace, network: Folded, rows: EncodedRows, from: number, to: number): Float32Array {
  const { arena } = space
  const count = Math.max(LEAST_ROWS, Math.ceil((to - from) / TILE_ROWS) * TILE_ROWS)
  let input = arena.allocate(count * network.width * 4)
  const cells = arena.float32(input, count * network.width)
  fill(cells, network, rows, from, to)
  cells.fill(0, (to - from) * network.width)
  network.layers.forEach(({ inputs, outputs, kernel, bias }, layer) => {
    const [b, biasAt, output] = [placed(space, kernel), placed(space, bias), arena.allocate(count * outputs * 4)]
    const activation = layer < network.layers.length - 1 ? activationCodes.relu : activationCodes.linear
    multiply(space, { a: input, aRow: inputs, aColumn: 1, b, bRow: outputs, bColumn: 1, c: output, cRow: outputs, rows: count, columns: outputs, depth: inputs, bias: biasAt, activation })
    input = output
  })
  return arena.float32(input, (to - from) * (network.layers.at(-1)?.outputs ?? 0))
}

/** The network's input: numbers, then the vectors of the classes. */
function fill(out: Float32Array, { tables, width }: Folded, { rows, numbers, codes }: EncodedRows, from: number, to: number): void {
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
