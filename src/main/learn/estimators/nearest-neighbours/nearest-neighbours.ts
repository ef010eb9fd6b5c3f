import { z } from 'zod'
import { defineEstimator } from '../../estimator.ts'
import { fitNeighbours } from './fit.ts'
import { predictNeighbours } from './predict.ts'
import { deserialise, serialise, type NeighbourState } from './state.ts'

const params = z.strictObject({
  neighbours: z.int().min(1).max(1000).default(5).describe('Number of training rows that each prediction asks'),
  scaling: z
    .enum(['standard', 'none'])
    .default('standard')
    .describe('standard: every column counts alike; none: columns have one unit, such as the brightness of pixels, and those that vary more count more'),
})

/** Comparisons of cells above which an automatic choice does not try it: a fold would take longer than a second or two. */
const MOST_COMPARISONS = 4e9

/** Averages the targets of the most similar training rows. */
export const nearestNeighbours = defineEstimator<z.infer<typeof params>, NeighbourState>({
  id: 'nearest-neighbours',
  version: 1,
  label: 'Nearest neighbours',
  help: 'Predicts what the most similar training rows had, the nearest counting most. The model is the training rows themselves.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: false, categorical: false, scaled: false, sparse: false },
  params,
  estimateMemory: ({ rows, columns }) => rows * (columns * 8 + 8),
  fit: (matrix, target, given, ctx) => Promise.resolve().then(() => fitNeighbours(matrix, target, given, ctx)),
  predict: (state, matrix) => Promise.resolve().then(() => predictNeighbours(state, matrix)),
  describe: ({ neighbours, targets }) => ({ summary: `the ${Math.min(neighbours, targets.length)} nearest of ${targets.length} training rows`, importance: [] }),
  searchSpace: () => [
    { label: 'default', params: {} },
    { label: 'as measured', params: { scaling: 'none' } },
  ],
  worthTrying: ({ rows, columns }) => rows ** 2 * columns <= MOST_COMPARISONS,
  serialise,
  deserialise,
})
