import { z } from 'zod'
import type { Matrix, MatrixColumn, Prediction, Target } from '../../../table/matrix.ts'
import { defineEstimator, type DataShape, type ModelDescription } from '../../estimator.ts'
import type { FitContext } from '../../fit-context.ts'
import { chooseSmoothing } from './choose.ts'
import { jointLogs, probabilitiesOf } from './scores.ts'
import { deserialise, serialise, type NaiveBayesState } from './state.ts'
import { tablesOf } from './tables.ts'
import { layoutOf, requireCountable, tally } from './tallies.ts'

const params = z.strictObject({
  alpha: z
    .union([z.literal('auto'), z.number().positive().max(1e6)])
    .default('auto')
    .describe('Added to every count of a category and every sum of a word, so that what was never seen is unlikely, not impossible. "auto" chooses by cross-validation'),
  text: z
    .enum(['multinomial', 'complement'])
    .default('multinomial')
    .describe('Words of texts: multinomial: by how often the class has them; complement: by how often the other classes have them, steadier for classes of unequal size'),
  normalise: z.boolean().default(false).describe('Complement only: weights of a class sum to 1, so that long texts and large classes do not count more (Rennie et al. 2003)'),
  calibrate: z
    .boolean()
    .default(false)
    .describe('Softens or sharpens all probabilities by one factor, chosen by cross-validation; the order of classes in a row stays as it is'),
})

type Params = z.infer<typeof params>

function fit(matrix: Matrix, target: Target, given: Params, ctx: FitContext): NaiveBayesState {
  if (target.kind !== 'classes') throw new Error('naive-bayes was given numbers to learn')
  requireCountable(matrix)
  const { codes, classes } = target
  const { alpha, sharpness } = chooseSmoothing(matrix, codes, classes.length, given, ctx)
  const layout = layoutOf(matrix)
  const tallies = tally(matrix, codes, classes.length, new Uint8Array(matrix.rows).fill(1), () => ctx.throwIfAborted())
  ctx.progress(1)
  const tables = tablesOf(tallies, layout, alpha, given)
  return { ...tables, classes, text: given.text, alpha, sharpness, numeric: layout.numeric.length, cardinalities: layout.categorical.map(({ cardinality }) => cardinality) }
}

function predict(state: NaiveBayesState, matrix: Matrix): Prediction {
  const { numeric, categorical, words } = layoutOf(matrix)
  const same = numeric.length === state.numeric && String(categorical.map(({ cardinality }) => cardinality)) === String(state.cardinalities)
  if (!same || words * state.classes.length !== state.words.length) throw new Error('The matrix has other columns than the model')
  return { kind: 'classes', probabilities: probabilitiesOf(jointLogs(state, matrix), state.classes.length, state.sharpness), classes: state.classes }
}

function describe({ text, alpha, sharpness, numeric, cardinalities, words, classes }: NaiveBayesState, columns: readonly MatrixColumn[]): ModelDescription {
  const count = (n: number, what: string): string[] => (n === 0 ? [] : [`${n} ${what}`])
  const parts = [
    ...count(numeric, numeric === 1 ? 'number (normal)' : 'numbers (normal)'),
    ...count(cardinalities.length, 'categorical'),
    ...count(words.length / classes.length, `words and the like (${text})`),
  ]
  const softened = sharpness === 1 ? '' : `, scores times ${sharpness.toPrecision(2)}`
  return { summary: `naive Bayes on ${columns.length === 0 ? 'no columns' : parts.join(', ')}, alpha ${alpha}${softened}`, importance: [] }
}

function estimateMemory({ rows, columns, dense = columns, sparse = 0, classes }: DataShape & { classes: number }): number {
  const matrix = rows * columns * 4
  // Tallies, tables and what they are made of; scores of one alpha; codes and folds.
  return matrix + (dense + sparse) * classes * 8 * 6 + rows * classes * 8 * 2 + rows * 16
}

/** Bayes' rule with columns taken as independent within a class: normal numbers, counted categories, counted words. */
export const naiveBayes = defineEstimator<Params, NaiveBayesState>({
  id: 'naive-bayes',
  version: 1,
  label: 'Naive Bayes',
  help: 'Multiplies how likely each cell is in each class, as if cells were independent. Quick, and strong on short texts; its probabilities are too sure of themselves.',
  tasks: ['binary-classification', 'multiclass-classification'],
  accepts: { missing: true, categorical: true, scaled: false, sparse: true },
  params,
  estimateMemory,
  fit: (matrix, target, given, ctx) => Promise.resolve().then(() => fit(matrix, target, given, ctx)),
  predict: (state, matrix) => Promise.resolve().then(() => predict(state, matrix)),
  describe,
  searchSpace: ({ sparse = 0 }) => [
    { label: 'default', params: {} },
    { label: 'calibrated', params: { calibrate: true } },
    ...(sparse > 0 ? [{ label: 'complement', params: { text: 'complement', calibrate: true } }] : []),
  ],
  serialise,
  deserialise,
})
