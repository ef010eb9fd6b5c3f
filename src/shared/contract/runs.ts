import { z } from 'zod'
import { candidateSchema, learningCurvePointSchema } from '../domain/choice.ts'
import { iterationCurveSchema } from '../domain/curves.ts'
import { evaluationReportSchema } from '../domain/evaluation.ts'
import { leaderboardEntrySchema, leaderboardFrameSchema } from '../domain/leaderboard.ts'
import { runComparisonSchema, runDetailSchema, runsDeletionSchema, stepExplanationSchema } from '../domain/run.ts'
import { inProjectSchema } from './envelopes.ts'
import { method } from './method.ts'

const whichRun = inProjectSchema.extend({ run: z.string() })
const whichRuns = inProjectSchema.extend({ runs: z.array(z.string()).min(1).max(500) })

/** Two runs whose models were scored on the same folds of the same rows, held against each other fold by fold. */
export const foldDifferenceSchema = z.object({
  better: z.string(),
  other: z.string(),
  metric: z.string(),
  /** Mean of the score of `better` minus that of `other`, in the metric's own direction, and its 95 % interval. */
  mean: z.number(),
  low: z.number(),
  high: z.number(),
  folds: z.int(),
})

/** Two runs held against each other fold by fold. */
export type FoldDifference = z.infer<typeof foldDifferenceSchema>

/** How a run's model scored in the cross-validation that chose it. */
export const runFoldsSchema = z.object({ run: z.string(), metric: z.string(), scores: z.array(z.number()) })

/** What a model was chosen from. */
export const runCandidatesSchema = z.object({
  run: z.string(),
  /** What they are compared by; null before the first score. */
  metric: z.string().nullable(),
  /** True while they are being compared. */
  live: z.boolean(),
  /** True where the estimator was left to the cross-validation. */
  automatic: z.boolean(),
  /** Why the winner won, in words; empty while it is open. */
  reason: z.string(),
  candidates: z.array(candidateSchema.extend({ /** Its share of the model; 0 where it was not chosen. */ weight: z.number() })),
})

/** What a model was chosen from. */
export type RunCandidates = z.infer<typeof runCandidatesSchema>

/** Runs and what came of them. */
export const runs = {
  /** Runs of pipelines, the newest first; imports and profiles only where asked for. */
  list: method(
    inProjectSchema.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(2000).default(200), all: z.boolean().default(false) }),
    z.object({ total: z.number(), runs: z.array(leaderboardEntrySchema) }),
  ),
  /** The newest 10,000 runs that train, as columns; `unpackLeaderboard` makes lines of them. */
  leaderboard: method(inProjectSchema, z.object({ total: z.number(), frame: leaderboardFrameSchema })),
  show: method(whichRun, runDetailSchema),
  explain: method(whichRun.extend({ step: z.string() }), stepExplanationSchema),
  /** Runs side by side; `folds` and `differences` for those that have fold scores, the best first. */
  compare: method(
    inProjectSchema.extend({ runs: z.array(z.string()).min(2).max(12) }),
    z.object({ comparison: runComparisonSchema, folds: z.array(runFoldsSchema), differences: z.array(foldDifferenceSchema) }),
  ),
  /** The evaluation of a run; null where it made none. */
  report: method(whichRun, z.object({ report: evaluationReportSchema.nullable() })),
  /** How the learning went: losses round by round, and scores by number of training rows; `nothing` says why there is none. */
  curves: method(
    whichRun,
    z.object({
      live: z.boolean(),
      iterations: z.array(iterationCurveSchema),
      byRows: z.array(learningCurvePointSchema),
      /** What `byRows` is measured by. */
      metric: z.string().nullable(),
      nothing: z.string().nullable(),
    }),
  ),
  /** What the models of these runs were chosen from; runs that compared nothing are left out. */
  candidates: method(inProjectSchema.extend({ runs: z.array(z.string()).min(1).max(50) }), z.object({ runs: z.array(runCandidatesSchema) })),
  /** What deleting these runs would remove and free, and what would be kept and why; changes nothing. */
  previewDeletion: method(whichRuns, runsDeletionSchema),
  delete: method(whichRuns, runsDeletionSchema),
}
