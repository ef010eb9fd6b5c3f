import { z } from 'zod'
import { defineEstimator, type Candidate, type DataShape } from '../../estimator.ts'
import { classWeightParam } from '../class-weights.ts'
import { DEGREE } from './curves.ts'
import { describe } from './describe.ts'
import { fitLinear } from './fit.ts'
import { predictLinear } from './predict.ts'
import { deserialise, serialise, type LinearState } from './state.ts'

const params = z.strictObject({
  regularisation: z
    .union([z.literal('auto'), z.number().nonnegative().max(1e12)])
    .default('auto')
    .describe(
      'Strength λ of the penalty: the fit minimises Σ loss + λ/2 · ‖coefficients‖², intercepts free. It is 1/C of scikit-learn’s ' +
        'LogisticRegression and alpha of its Ridge. "auto" chooses by cross-validation on the training rows.',
    ),
  l1Ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      'Share ρ of the penalty on absolute values, λ(ρ ‖w‖₁ + (1 − ρ)/2 ‖w‖²): 0 is ridge, 1 lasso; above 0, columns that do not help get no weight. ' +
        'For numbers λ counts for a target in units of its deviation; there it is rows × alpha of scikit-learn’s ElasticNet.',
    ),
  classWeight: classWeightParam,
  curves: z
    .int()
    .min(0)
    .max(50)
    .default(0)
    .describe('Interior knots of a cubic spline on each numeric column, at its quantiles; 0 keeps straight lines'),
  logCountRatio: z
    .boolean()
    .default(false)
    .describe('Two classes with texts: the penalty spares words whose share differs between the classes (NB-SVM, Wang and Manning 2012)'),
})

/** Expanded columns × outputs above which curves are not tried by themselves. */
const MOST_CURVE_TERMS = 2000
/** Dense columns that make a choice among them worthwhile, and cells above which coordinate descent takes long. */
const FEWEST_TO_SELECT = 10
const MOST_TO_SELECT = 2e6
/** Numbers that a search remembers at most, beside its vectors. */
const MEMORY_NUMBERS = 4e7

function searchSpace({ rows, columns, dense = columns, sparse = 0, classes }: DataShape & { classes: number }): readonly Candidate[] {
  const outputs = classes > 2 ? classes : 1
  const space: Candidate[] = [{ label: 'linear', params: {} }]
  if (sparse > 0) return classes === 2 ? [...space, { label: 'log count ratios', params: { logCountRatio: true } }] : space
  if (rows >= 50 && dense * 8 * outputs <= MOST_CURVE_TERMS) space.push({ label: 'curves', params: { curves: 5 } })
  if (rows >= 20 && dense >= FEWEST_TO_SELECT && rows * dense * outputs <= MOST_TO_SELECT) space.push({ label: 'elastic net', params: { l1Ratio: 0.7 } })
  return space
}

/** Logistic regression for two classes, softmax for more, linear regression for numbers; ridge, elastic net or lasso. */
export const linear = defineEstimator<z.infer<typeof params>, LinearState>({
  id: 'linear',
  version: 2,
  label: 'Linear',
  help: 'Logistic regression (two classes), multinomial logistic regression (more) or linear regression (numbers), with a ridge, elastic net or lasso penalty, fitted to convergence.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: false, categorical: false, scaled: true, sparse: true },
  params,
  estimateMemory({ rows, columns, dense: given = columns, sparse = 0, classes }, { curves }) {
    const outputs = classes > 2 ? classes : 1
    const entries = ((columns - given) / 2) * rows
    const dense = curves > 0 ? given * (curves + DEGREE) : given
    const width = dense + sparse
    const factor = width > 1000 ? 0 : width * width * 8 * 11
    const vectors = outputs * width * 8
    const matrix = (rows * given + entries * 2) * 4
    return matrix + rows * dense * 8 + entries * 8 + rows * (outputs * 8 * 12 + 100) + factor + vectors * 10 + Math.min(vectors * 20, MEMORY_NUMBERS * 8) + width * 60
  },
  fit: (matrix, target, given, ctx) => Promise.resolve().then(() => fitLinear(matrix, target, given, ctx)),
  predict: (state, matrix) => Promise.resolve().then(() => predictLinear(state, matrix)),
  describe,
  searchSpace,
  serialise,
  deserialise,
})
