import { z } from 'zod'
import type { Matrix, Prediction, Target } from '../../table/matrix.ts'
import { defineEstimator } from '../estimator.ts'
import { unreadableState } from '../saved-state.ts'

const params = z.strictObject({})

/** What the training target looks like: class shares, or the mean. */
type BaselineState =
  | { readonly kind: 'classes'; readonly classes: readonly string[]; readonly shares: readonly number[] }
  | { readonly kind: 'numbers'; readonly mean: number }

const savedSchema = z.union([
  z.object({ kind: z.literal('classes'), classes: z.array(z.string()), shares: z.array(z.number().min(0).max(1)) }),
  z.object({ kind: z.literal('numbers'), mean: z.number() }),
])

function learn(target: Target): BaselineState {
  if (target.kind === 'numbers') {
    const rows = target.values.length
    let mean = 0
    for (let i = 0; i < rows; i++) mean += (target.values[i] as number) / rows // divided first: sums of 1e308 would overflow
    return { kind: 'numbers', mean }
  }
  const counts = target.classes.map(() => 0)
  for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1
  return { kind: 'classes', classes: target.classes, shares: counts.map((count) => count / target.codes.length) }
}

function predict(state: BaselineState, matrix: Matrix): Prediction {
  if (state.kind === 'numbers') return { kind: 'numbers', values: new Float64Array(matrix.rows).fill(state.mean) }
  const probabilities = new Float64Array(matrix.rows * state.shares.length)
  for (let i = 0; i < matrix.rows; i++) probabilities.set(state.shares, i * state.shares.length)
  return { kind: 'classes', probabilities, classes: state.classes }
}

/** Predicts the class shares or the mean of the training rows, whatever the features say: what every model must beat. */
export const baseline = defineEstimator<z.infer<typeof params>, BaselineState>({
  id: 'baseline',
  version: 1,
  label: 'Baseline',
  help: 'Predicts the class shares (or the mean) of the training rows for every row. A model that does not beat it has learnt nothing.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: true, categorical: true, scaled: false, sparse: false },
  params,
  estimateMemory: ({ rows, columns }) => rows * columns * 4,
  fit: (_matrix, target) => Promise.resolve(learn(target)),
  predict: (state, matrix) => Promise.resolve(predict(state, matrix)),
  describe: (state) => ({
    summary: state.kind === 'numbers' ? `the training mean, ${state.mean}` : 'the class shares of the training rows',
    importance: [],
  }),
  searchSpace: () => [{ label: 'baseline', params: {} }],
  serialise: (state) => ({ json: state, arrays: {} }),
  deserialise(saved) {
    const parsed = savedSchema.safeParse(saved.json)
    if (parsed.success) return parsed.data
    throw unreadableState('baseline', z.prettifyError(parsed.error))
  },
})
