import { z } from 'zod'
import { defineEstimator } from '../../estimator.ts'
import { fitNeighbours } from './fit.ts'
import { predictNeighbours } from './predict.ts'
import { deserialise, serialise, type NeighbourState } from './state.ts'

const params = z.strictObject({
  neighbours: z.int().min(1).max(1000).default(5).describe('Number of training rows that each prediction asks'),
  weights: z.enum(['distance', 'uniform']).default('distance').describe('distance: a neighbour counts by one over its distance; uniform: all count alike'),
  scaling: z
    .enum(['standard', 'none'])
    .default('standard')
    .describe('standard: every column counts alike; none: columns have one unit, such as the brightness of pixels, and those that vary more count more'),
})

/** Comparisons of cells above which an automatic choice does not try it: a fold would take longer than a second or two. */
const MOST_COMPARISONS = 2e10

/** Averages the targets of the most similar training rows. */
export const nearestNeighbours = defineEstimator<z.infer<typeof params>, NeighbourState>({
  id: 'nearest-neighbours',
  version: 2,
  label: 'Nearest neighbours',
  help: 'Predicts what the most similar training rows had, by default the nearest counting most. The model is the training rows themselves.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: false, categorical: false, scaled: false, sparse: false },
  params,
  estimateMemory: ({ rows, columns }) => rows * (columns * 12 + 8),
  fit: (matrix, target, given, ctx) => Promise.resolve().then(() => fitNeighbours(matrix, target, given, ctx)),
  predict: (state, matrix, pool) => Promise.resolve().then(() => predictNeighbours(state, matrix, pool)),
  describe: ({ neighbours, targets }) => ({ summary: `the ${Math.min(neighbours, targets.length)} nearest of ${targets.length} training rows`, importance: [] }),
  searchSpace: () => [
    { label: 'default', params: {} },
    { label: 'as measured', params: { scaling: 'none' } },
  ],
  worthTrying: ({ rows, columns }) => rows ** 2 * columns <= MOST_COMPARISONS,
  serialise,
  deserialise,
})
