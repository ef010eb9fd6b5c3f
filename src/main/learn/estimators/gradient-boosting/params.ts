import { z } from 'zod'
import { classWeightParam } from '../class-weights.ts'

/** Parameters of gradient boosting; the defaults did best over ten public data sets by cross-validation on their training rows. */
export const boostingParams = z.strictObject({
  learningRate: z.union([z.number().gt(0).max(1), z.literal('auto')]).default('auto').describe('How much of each tree is added; smaller needs more rounds; auto: 0.05, with more than two classes 0.1'),
  maxIterations: z.union([z.int().min(1).max(10_000), z.literal('auto')]).default('auto').describe('Most rounds; a round adds one tree, or one per class; auto: 600, with more than two classes 250'),
  maxLeaves: z.int().min(2).max(255).default(31).describe('Most leaves of a tree'),
  minSamplesLeaf: z.int().min(1).default(10).describe('Fewest training rows in a leaf'),
  minHessian: z.number().min(0).default(1e-3).describe('Smallest sum of second derivatives in a leaf'),
  l2: z.number().min(0).default(1).describe('Penalty on large leaf values'),
  rowSampling: z.number().gt(0).max(1).default(1).describe('Part of the rows that each round learns from'),
  columnSampling: z.number().gt(0).max(1).default(0.7).describe('Part of the columns that each tree may use'),
  maxBins: z.int().min(2).max(255).default(255).describe('Most bins of a numeric column'),
  categoricalSmoothing: z.number().min(0).default(10).describe('Pulls rare categories towards the middle when categories are ordered'),
  categoricalL2: z.number().min(0).default(10).describe('Extra penalty on splits by category'),
  earlyStopping: z.union([z.boolean(), z.literal('auto')]).default('auto').describe('Stop when held-out rows stop improving; auto: below 10,000 rows, folds choose the rounds and all rows are learnt from'),
  validationFraction: z.number().gt(0).lt(1).default(0.1).describe('Part of the training rows held out for early stopping'),
  objective: z
    .enum(['auto', 'squared', 'absolute', 'quantile', 'poisson', 'gamma', 'tweedie'])
    .default('auto')
    .describe('What the trees minimise when a number is predicted: absolute gives medians, quantile a quantile, poisson counts (0 or more), gamma positive amounts, tweedie amounts with many zeros; auto: squared. Classes: always the log loss'),
  quantile: z.number().gt(0).lt(1).default(0.5).describe('Which quantile objective quantile predicts'),
  tweediePower: z.number().gt(1).lt(2).default(1.5).describe('How variance grows with the mean for objective tweedie; near 1: as counts, near 2: as amounts'),
  classWeight: classWeightParam,
  monotone: z
    .record(z.string(), z.enum(['increasing', 'decreasing']))
    .default({})
    .describe('Columns with which the prediction must never fall (increasing) or rise (decreasing), all else being equal, e.g. { age: increasing }'),
  patience: z.int().min(1).default(20).describe('Rounds without improvement before it stops'),
})

/** Parameters after defaults. */
export type BoostingParams = z.infer<typeof boostingParams>

/** Learning rate and most rounds. */
export type Pace = { readonly learningRate: number; readonly maxIterations: number }

/**
 * Learning rate and most rounds after `auto`; `outputs` is the number of trees per round. With a tree per class, small steps cost
 * much and bring little: on handwritten digits 600 rounds instead of 250 lower the held-out loss by 4 %.
 */
export function paceOf({ learningRate, maxIterations }: BoostingParams, outputs: number): Pace {
  return {
    learningRate: learningRate === 'auto' ? (outputs > 1 ? 0.1 : 0.05) : learningRate,
    maxIterations: maxIterations === 'auto' ? (outputs > 1 ? 250 : 600) : maxIterations,
  }
}
