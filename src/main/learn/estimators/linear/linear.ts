import { z } from 'zod'
import type { MatrixColumn } from '../../../table/matrix.ts'
import { defineEstimator, type Candidate, type ModelDescription } from '../../estimator.ts'
import { DEGREE, originOf } from './curves.ts'
import { fitLinear } from './fit.ts'
import { predictLinear } from './predict.ts'
import { deserialise, serialise, type LinearState } from './state.ts'

const params = z.strictObject({
  regularisation: z
    .union([z.literal('auto'), z.number().nonnegative().max(1e12)])
    .default('auto')
    .describe(
      'Strength λ of the L2 penalty: the fit minimises Σ loss + λ/2 · ‖coefficients‖², intercepts free. It is 1/C of scikit-learn’s ' +
        'LogisticRegression and alpha of its Ridge. "auto" chooses by cross-validation on the training rows.',
    ),
  curves: z
    .int()
    .min(0)
    .max(50)
    .default(0)
    .describe('Interior knots of a cubic spline on each numeric column, at its quantiles; 0 keeps straight lines'),
})

/** Expanded columns × outputs above which curves are not tried by themselves. */
const MOST_CURVE_TERMS = 2000

const NAMES = { identity: 'ridge regression', logistic: 'logistic regression', softmax: 'multinomial logistic regression' }

/** Per matrix column, the length of its terms' effects: coefficients times deviations over its splines and the outputs. */
function effects(state: LinearState): Float64Array {
  const width = state.means.length
  const squares = new Float64Array(state.knots.length)
  originOf(state.knots).forEach((origin, j) => {
    for (let at = j; at < state.coefficients.length; at += width) {
      squares[origin] = (squares[origin] as number) + ((state.coefficients[at] as number) * (state.deviations[j] as number)) ** 2
    }
  })
  return squares.map(Math.sqrt)
}

function describe(state: LinearState, columns: readonly MatrixColumn[]): ModelDescription {
  const sizes = effects(state)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const curved = state.knots.filter((own) => own.length > 1).length
  const terms = `${columns.length} column${columns.length === 1 ? '' : 's'}${curved > 0 ? `, ${curved} of them as curves` : ''}`
  const ending = state.converged ? `converged in ${state.iterations} iterations` : `stopped after ${state.iterations} iterations, not converged`
  return {
    summary: `${NAMES[state.link]} on ${terms}, L2 penalty ${state.penalty}, ${ending}`,
    importance: columns.map(({ name, source }, j) => ({ column: name, source, value: total > 0 ? (sizes[j] as number) / total : 1 / columns.length })),
  }
}

function searchSpace({ rows, columns, classes }: { rows: number; columns: number; classes: number }): readonly Candidate[] {
  const straight = { label: 'linear', params: {} }
  const outputs = classes > 2 ? classes : 1
  if (rows < 50 || columns * 8 * outputs > MOST_CURVE_TERMS) return [straight]
  return [straight, { label: 'curves', params: { curves: 5 } }]
}

/** Logistic regression for two classes, softmax for more, ridge regression for numbers. */
export const linear = defineEstimator<z.infer<typeof params>, LinearState>({
  id: 'linear',
  version: 1,
  label: 'Linear',
  help: 'Logistic regression (two classes), multinomial logistic regression (more) or ridge regression (numbers), fitted to convergence.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: false, categorical: false, scaled: true, sparse: false },
  params,
  estimateMemory({ rows, columns: given, classes }, { curves }) {
    const outputs = classes > 2 ? classes : 1
    const columns = curves > 0 ? given * (curves + DEGREE) : given
    const width = Math.min(columns, 1000)
    return rows * given * 4 + rows * columns * (4 + 8) + rows * outputs * 8 * 6 + width * width * 8 * 2 + outputs * columns * 8 * 24
  },
  fit: (matrix, target, given, ctx) => Promise.resolve().then(() => fitLinear(matrix, target, given, ctx)),
  predict: (state, matrix) => Promise.resolve().then(() => predictLinear(state, matrix)),
  describe,
  searchSpace,
  serialise,
  deserialise,
})
