import type { Matrix, Prediction } from '../../../table/matrix.ts'
import { ownKernelPool } from '../../../wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { allocateColumns } from '../trees/bin-columns.ts'
import { binChunk, openBinDesk } from '../trees/column-bins.ts'
import { requireColumns } from '../trees/require-columns.ts'
import { addScores, compileTrees, placeProgram, type ScoringProgram } from './scoring-program.ts'
import type { BoostingState } from './state.ts'

const ROWS_PER_THREAD = 4096 // values and bins of a chunk stay in the second-level cache

const programs = new WeakMap<BoostingState, ScoringProgram>()

function programOf(state: BoostingState): ScoringProgram {
  const present = programs.get(state)
  if (present !== undefined) return present
  const program = compileTrees(state.trees)
  programs.set(state, program)
  return program
}

/** One prediction per row, binned as in training and scored by the kernels; on all threads of `pool`, or on this thread. */
export function predictBoosting(state: BoostingState, matrix: Matrix, pool: KernelPool = ownKernelPool()): Prediction {
  requireColumns(state.columns.length, matrix)
  const outputs = state.start.length
  const raw = rawScores(state, matrix, pool, outputs)
  if (state.link === 'log') return { kind: 'numbers', values: Float64Array.from(raw, (score) => state.mean * Math.exp(score)) }
  if (state.classes.length === 0) return { kind: 'numbers', values: Float64Array.from(raw, (score) => state.mean + state.deviation * score) }
  if (state.classes.length === 1) return { kind: 'classes', probabilities: new Float64Array(matrix.rows).fill(1), classes: state.classes }
  const probabilities = outputs === 1 ? logistic(raw) : softmax(raw, matrix.rows, outputs)
  return { kind: 'classes', probabilities, classes: state.classes }
}

/** Raw scores, output after output: rows × outputs. */
function rawScores(state: BoostingState, matrix: Matrix, pool: KernelPool, outputs: number): Float32Array {
  const { arena } = pool
  const mark = arena.mark()
  try {
    const chunk = Math.min(Math.max(64, Math.ceil(matrix.rows / 64) * 64), ROWS_PER_THREAD * pool.threads)
    const desk = openBinDesk(pool, state.columns, chunk)
    const program = placeProgram(pool, programOf(state))
    const columns = allocateColumns(pool, chunk, state.columns.length)
    const raw = { address: arena.allocate(chunk * 4 * outputs), stride: chunk * 4, outputs }
    const scores = new Float32Array(matrix.rows * outputs)
    for (let from = 0; from < matrix.rows; from += chunk) {
      const to = Math.min(from + chunk, matrix.rows)
      binChunk(pool, desk, matrix, { from, to }, columns)
      state.start.forEach((start, k) => arena.float32(raw.address + k * raw.stride, chunk).fill(start))
      addScores(pool, program, columns, { from: 0, to: to - from }, raw)
      state.start.forEach((_start, k) => {
        scores.set(arena.float32(raw.address + k * raw.stride, to - from), k * matrix.rows + from)
      })
    }
    return scores
  } finally {
    arena.release(mark)
  }
}

function logistic(raw: Float32Array): Float64Array {
  const out = new Float64Array(raw.length * 2)
  for (let i = 0; i < raw.length; i++) {
    const p = 1 / (1 + Math.exp(-(raw[i] as number)))
    out[i * 2] = 1 - p
    out[i * 2 + 1] = p
  }
  return out
}

function softmax(raw: Float32Array, rows: number, outputs: number): Float64Array {
  const out = new Float64Array(rows * outputs)
  for (let i = 0; i < rows; i++) {
    let top = -Infinity
    for (let k = 0; k < outputs; k++) top = Math.max(top, raw[k * rows + i] as number)
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += out[i * outputs + k] = Math.exp((raw[k * rows + i] as number) - top)
    for (let k = 0; k < outputs; k++) out[i * outputs + k] = (out[i * outputs + k] as number) / sum
  }
  return out
}
