import { z } from 'zod'
import { evaluationReportSchema } from '../domain/evaluation.ts'
import { runComparisonSchema, runDeletionSchema, runDetailSchema, runListEntrySchema, stepExplanationSchema } from '../domain/run.ts'
import { inProjectSchema } from './envelopes.ts'
import { method } from './method.ts'

const whichRun = inProjectSchema.extend({ run: z.string() })

/** One line of the leaderboard. */
export const leaderboardEntrySchema = z.object({
  ...runListEntrySchema.def.innerType.shape,
  /** Of the model that the run trained; null where it trained none. */
  estimator: z.string().nullable(),
  /** The model in one sentence. */
  summary: z.string().nullable(),
  target: z.string().nullable(),
  task: z.string().nullable(),
  /** Cross-validation on the training rows: mean and standard deviation over folds. */
  validation: z.object({ metric: z.string(), mean: z.number(), deviation: z.number() }).nullable(),
  fitSeconds: z.number().nullable(),
  modelBytes: z.number().nullable(),
  deployments: z.array(z.string()),
  /** Why a failed run failed, in one sentence. */
  problem: z.string().nullable(),
})

/** One line of the leaderboard. */
export type LeaderboardEntry = z.infer<typeof leaderboardEntrySchema>

/** Runs and what came of them. */
export const runs = {
  /** Runs of pipelines, the newest first; imports and profiles only where asked for. */
  list: method(
    inProjectSchema.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(2000).default(200), all: z.boolean().default(false) }),
    z.object({ total: z.number(), runs: z.array(leaderboardEntrySchema) }),
  ),
  show: method(whichRun, runDetailSchema),
  explain: method(whichRun.extend({ step: z.string() }), stepExplanationSchema),
  compare: method(inProjectSchema.extend({ runs: z.array(z.string()).min(2).max(12) }), runComparisonSchema),
  /** The evaluation of a run; null where it made none. */
  report: method(whichRun, z.object({ report: evaluationReportSchema.nullable() })),
  /** What deleting it would remove and free, and what is kept and why. */
  delete: method(whichRun, runDeletionSchema),
}
