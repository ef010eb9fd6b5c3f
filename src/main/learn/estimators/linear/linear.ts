import { z } from 'zod'
import type { MatrixColumn } from '../../../table/matrix.ts'
import { defineEstimator, type ModelDescription } from '../../estimator.ts'
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
})

const NAMES = { identity: 'ridge regression', logistic: 'logistic regression', softmax: 'multinomial logistic regression' }

function describe(state: LinearState, columns: readonly MatrixColumn[]): ModelDescription {
  const p = state.means.length
  const sizes = columns.map((_, j) => {
    let size = 0
    for (let at = j; at < state.coefficients.length; at += p) size += Math.abs(state.coefficients[at] as number)
    return size * (state.deviations[j] as number)
  })
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const ending = state.converged ? `converged in ${state.iterations} iterations` : `stopped after ${state.iterations} iterations, not converged`
  return {
    summary: `${NAMES[state.link]} on ${p} columns, L2 penalty ${state.penalty}, ${ending}`,
    importance: columns.map(({ name, source }, j) => ({ column: name, source, value: total > 0 ? (sizes[j] as number) / total : 1 / p })),
  }
}

/** Logistic regression for two classes, softmax for more, ridge regression for numbers. */
export const linear = defineEstimator<z.infer<typeof params>, LinearState>({
  id: 'linear',
  version: 1,
  label: 'Linear',
  help: 'Logistic regression (two classes), multinomial logistic regression (more) or ridge regression (numbers), fitted to convergence.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: false, categorical: false, scaled: true },
  params,
  estimateMemory({ rows, columns, classes }) {
    const outputs = classes > 2 ? classes : 1
    const width = Math.min(columns, 1000)
    return rows * columns * (4 + 8) + rows * outputs * 8 * 6 + width * width * 8 * 2 + outputs * columns * 8 * 24
  },
  fit: (matrix, target, { regularisation }, ctx) => Promise.resolve().then(() => fitLinear(matrix, target, regularisation, ctx)),
  predict: (state, matrix) => Promise.resolve().then(() => predictLinear(state, matrix)),
  describe,
  searchSpace: () => [{ label: 'linear', params: {} }],
  serialise,
  deserialise,
})
