import type { Matrix } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { jointLogs } from './scores.ts'
import { tablesOf, type TableParams } from './tables.ts'
import { layoutOf, tally } from './tallies.ts'

/** Amounts tried, as added to every count. */
const ALPHAS: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1, 3]
/** Sharpness tried: probabilities of counted words are far too sure of themselves, as if each were independent of the others. */
const SHARPNESS: readonly number[] = Array.from({ length: 25 }, (_, k) => 10 ** (1 - k / 8))
const FOLDS = 3
const FEWEST_ROWS = 10
/** Below this a probability counts as this: one sure error must not decide. */
const LEAST_PROBABILITY = 1e-15

export type Chosen = { readonly alpha: number; readonly sharpness: number }

/** Σ −log p of the true classes over rows `held`. */
function lossOf(logs: Float64Array, codes: Int32Array, classes: number, held: Uint8Array, sharpness: number): number {
  const n = codes.length
  let loss = 0
  for (let i = 0; i < n; i++) {
    if (held[i] === 0) continue
    let top = -Infinity
    for (let k = 0; k < classes; k++) top = Math.max(top, logs[k * n + i] as number)
    let norm = 0
    for (let k = 0; k < classes; k++) norm += Math.exp(sharpness * ((logs[k * n + i] as number) - top))
    const own = Math.exp(sharpness * ((logs[(codes[i] as number) * n + i] as number) - top)) / norm
    loss -= Math.log(Math.max(LEAST_PROBABILITY, own))
  }
  return loss
}

/** Fold of each row, classes spread evenly. */
function foldsOf(codes: Int32Array, ctx: FitContext): Uint8Array {
  const order = ctx.rng.fork('naive bayes folds').shuffle(Int32Array.from({ length: codes.length }, (_, i) => i))
  order.sort((a, b) => (codes[a] as number) - (codes[b] as number)) // stable: shuffled within a class
  const folds = new Uint8Array(codes.length)
  order.forEach((row, at) => {
    folds[row] = at % FOLDS
  })
  return folds
}

/** Rows to count, marked 1, and rows to judge by, which may be another matrix's. */
type Trial = { readonly counted: Uint8Array; readonly judged: Matrix; readonly codes: Int32Array; readonly held: Uint8Array }

/** The validation rows where there are some, else folds of the matrix's own. */
function trialsOf(matrix: Matrix, codes: Int32Array, ctx: FitContext): readonly Trial[] {
  const { validation } = ctx
  const every = (rows: number): Uint8Array => new Uint8Array(rows).fill(1)
  if (validation?.target.kind === 'classes') {
    return [{ counted: every(matrix.rows), judged: validation.matrix, codes: validation.target.codes, held: every(validation.matrix.rows) }]
  }
  const folds = foldsOf(codes, ctx)
  return Array.from({ length: FOLDS }, (_, fold) => ({ counted: folds.map((of) => (of === fold ? 0 : 1)), judged: matrix, codes, held: folds.map((of) => (of === fold ? 1 : 0)) }))
}

/**
 * The alpha and the sharpness with the least log loss on the validation rows, or else in seeded three-fold cross-validation, among `alphas`
 * (undefined: those worth trying) and, where `calibrate`, sharpness from 10 to 0.01; sharpness 1 otherwise.
 */
export function chooseSmoothing(
  matrix: Matrix, codes: Int32Array, classes: number, params: TableParams & { readonly alpha: number | 'auto'; readonly calibrate: boolean }, ctx: FitContext,
): Chosen {
  const layout = layoutOf(matrix)
  const countable = layout.words > 0 || layout.categorical.length > 0
  const alphas = params.alpha !== 'auto' ? [params.alpha] : countable ? ALPHAS : [1]
  const few = codes.length < FEWEST_ROWS
  if (few || (alphas.length === 1 && !params.calibrate)) return { alpha: params.alpha === 'auto' ? 1 : params.alpha, sharpness: 1 }
  const sharpnesses = params.calibrate ? SHARPNESS : [1]
  const trials = trialsOf(matrix, codes, ctx)
  const options = alphas.flatMap((alpha) => sharpnesses.map((sharpness) => ({ alpha, sharpness })))
  const losses = options.map(() => 0)
  for (const [number, { counted, judged, codes: truth, held }] of trials.entries()) {
    const tallies = tally(matrix, codes, classes, counted, () => ctx.throwIfAborted())
    alphas.forEach((alpha, a) => {
      ctx.throwIfAborted()
      const logs = jointLogs(tablesOf(tallies, layout, alpha, params, false), judged)
      sharpnesses.forEach((sharpness, s) => {
        const at = a * sharpnesses.length + s
        losses[at] = (losses[at] as number) + lossOf(logs, truth, classes, held, sharpness)
      })
      ctx.progress((number + (a + 1) / alphas.length) / (trials.length + 1), 'choosing the smoothing')
    })
  }
  return options[losses.indexOf(Math.min(...losses))] as Chosen
}
