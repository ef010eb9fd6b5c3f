import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../../compute/losses/cross-entropy.ts'
import type { Loss } from '../../../compute/losses/loss.ts'
import { squaredError } from '../../../compute/losses/squared-error.ts'
import type { Matrix, Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { startWishedBackend } from '../../neural/backend-wish.ts'
import type { LearningRows } from '../../neural/training-data.ts'
import type { TrainingSettings } from '../../neural/train-network.ts'
import { trainNetworks } from '../../neural/train-networks.ts'
import { rowWeights } from '../class-weights.ts'
import { holdOut } from '../held-out.ts'
import { requireFinite } from '../require-finite.ts'
import { networkOf } from './architecture.ts'
import { encodeRows, learnEncoding, type ColumnEncoding, type EncodedRows } from './encode.ts'
import type { MlpParams } from './params.ts'
import { scoresOf } from './predict.ts'
import { outputsOf, type MlpState, type Trained } from './state.ts'
import { temperatureFor } from '../../neural/temperature.ts'

/** Fewest rows of which some are held back. */
const FEWEST = 40
/** Held-back rows from which probabilities are calibrated. */
const FEWEST_TO_CALIBRATE = 50

type Problem = Pick<MlpState, 'link' | 'classes' | 'scale' | 'shift'> & { readonly loss: Loss; readonly lossName: string; readonly values: Int32Array | Float32Array }

function problemOf(target: Target): Problem {
  if (target.kind === 'numbers') {
    const { values } = target
    const shift = values.reduce((sum, value) => sum + value, 0) / values.length
    const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - shift) ** 2, 0) / values.length) || 1
    return { link: 'identity', classes: [], scale, shift, loss: squaredError, lossName: 'squared error', values: Float32Array.from(values, (value) => (value - shift) / scale) }
  }
  const { codes, classes } = target
  const two = classes.length <= 2
  return {
    link: two ? 'logistic' : 'softmax', classes, scale: 1, shift: 0, loss: two ? sigmoidCrossEntropy : softmaxCrossEntropy, lossName: 'log loss',
    values: two ? Float32Array.from(codes) : codes,
  }
}

/** Rows to learn from and rows to judge by, as the network takes them. */
type Parts = { readonly train: LearningRows; readonly held: LearningRows | undefined }

function cut({ rows, numbers, codes }: EncodedRows, values: Problem['values'], weights: Float64Array, chosen: Int32Array): LearningRows {
  const [width, classed] = [numbers.length / rows, codes.length / rows]
  const part = { numbers: new Float32Array(chosen.length * width), codes: new Int32Array(chosen.length * classed) }
  chosen.forEach((row, i) => {
    part.numbers.set(numbers.subarray(row * width, (row + 1) * width), i * width)
    part.codes.set(codes.subarray(row * classed, (row + 1) * classed), i * classed)
  })
  const target = values instanceof Int32Array ? Int32Array.from(chosen, (row) => values[row] as number) : Float32Array.from(chosen, (row) => values[row] as number)
  return { rows: chosen.length, ...part, target, weights: Float32Array.from(chosen, (row) => weights[row] as number) }
}

function partsOf(matrix: Matrix, target: Target, encoding: readonly ColumnEncoding[], problem: Problem, params: MlpParams, ctx: FitContext): Parts {
  const encoded = encodeRows(matrix, encoding)
  const weights = rowWeights(target, params.classWeight)
  const all = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i)
  if (ctx.validation !== undefined) {
    const judged = encodeRows(ctx.validation.matrix, encoding)
    const values = valuesIn(problem, ctx.validation.target)
    const held = cut(judged, values, rowWeights(ctx.validation.target, params.classWeight), all(judged.rows))
    return { train: cut(encoded, problem.values, weights, all(matrix.rows)), held }
  }
  const groups = target.kind === 'classes' ? target.codes : undefined
  const split = !params.earlyStopping || matrix.rows < FEWEST ? undefined : holdOut(matrix.rows, groups, params.validationFraction, ctx.rng.fork('held-out rows'))
  if (split === undefined) return { train: cut(encoded, problem.values, weights, all(matrix.rows)), held: undefined }
  const held = cut(encoded, problem.values, weights, split.order.slice(split.training))
  return { train: cut(encoded, problem.values, weights, split.order.slice(0, split.training)), held }
}

/** A target in the numbers of a problem that other rows defined. */
function valuesIn({ link, scale, shift }: Problem, target: Target): Problem['values'] {
  if (target.kind === 'numbers') return Float32Array.from(target.values, (value) => (value - shift) / scale)
  return link === 'logistic' ? Float32Array.from(target.codes) : target.codes
}

/** Rows of a step: few where rows are few, so that an epoch has steps enough. */
function batchSizeFor(rows: number): number {
  return Math.min(1024, Math.max(32, 2 ** Math.round(Math.log2(Math.max(1, rows / 40)))))
}

/** Trains the networks on the backend that the parameters name. */
export async function fitMlp(matrix: Matrix, target: Target, params: MlpParams, ctx: FitContext): Promise<MlpState> {
  requireFinite(matrix, 'A neural network')
  const problem = problemOf(target)
  const encoding = learnEncoding(matrix, params.encoding, params.bins)
  const form = { hidden: params.hidden, embedding: params.embedding, batchNorm: params.batchNorm, dropout: params.dropout }
  const network = networkOf(encoding, form, outputsOf(problem))
  const parts = partsOf(matrix, target, encoding, problem, params, ctx)
  const settings: TrainingSettings = {
    epochs: params.epochs,
    batchSize: params.batchSize === 'auto' ? batchSizeFor(parts.train.rows) : params.batchSize,
    learningRate: params.learningRate,
    weightDecay: params.weightDecay,
    patience: params.earlyStopping && parts.held !== undefined ? params.patience : undefined,
  }
  const { networks: trained, backend } = await trainNetworks(
    {
      network, outputs: outputsOf(problem), loss: problem.loss, lossName: problem.lossName, train: parts.train, validation: parts.held, settings, seeds: params.seeds,
      startBackend: () => startWishedBackend(params.backend, ctx),
    },
    ctx,
  )
  const networks = trained.map(({ weights, measured, bestEpoch }): Trained => ({ weights, measured, epochs: bestEpoch }))
  const { link, classes, scale, shift } = problem
  const state: MlpState = { link, classes, encoding, form, networks, temperature: 1, scale, shift, weighted: params.classWeight !== 'none', backend }
  if (parts.held === undefined || link === 'identity' || parts.held.rows < FEWEST_TO_CALIBRATE) return state
  const scores = scoresOf(state, parts.held)
  return { ...state, temperature: temperatureFor(link, scores, parts.held.target, outputsOf(state)) }
}
