import { z } from 'zod'
import { artifactMetaSchemas, type ArtifactMeta } from '#shared/domain/artifact.ts'
import { runStatusSchema, type RunStatus } from '#shared/domain/run.ts'
import type { Database } from './database.ts'
import { runOutcomeSchema, type RunOutcome } from './run-repository.ts'

/** A run with what its record, its model and its evaluation say, read in one go. */
export type LeaderboardRecord = {
  readonly number: number
  readonly pipeline: string
  readonly status: RunStatus
  readonly startedAt: number
  readonly finishedAt: number | undefined
  readonly outcome: RunOutcome
  /** Headline of what made it fail. */
  readonly problem: string | undefined
  readonly model: ArtifactMeta<'model'> | undefined
  readonly modelBytes: number | undefined
  /** Of the step run that fitted the model, in this run or in the one whose result it reuses. */
  readonly fitSeconds: number | undefined
  /** 95 % interval of the evaluation's primary metric. */
  readonly interval: { readonly metric: string; readonly low: number; readonly high: number } | undefined
  /** What the run was to train: as its train step says it, whether or not it came to that. */
  readonly wish: { readonly estimator: string | undefined; readonly task: string | undefined; readonly target: string | undefined } | undefined
}

type Row = {
  number: number
  pipeline: string
  status: string
  started_at: number
  finished_at: number | null
  outcome: string
  problem: string | null
  model: string | null
  model_bytes: number | null
  fit_seconds: number | null
  interval: string | null
  trains: number
  wished_estimator: string | null
  wished_task: string | null
  wished_target: string | null
}

/** Which runs a leaderboard holds: those that train, those that do more than read or describe a table, or all. */
export type RunKinds = 'training' | 'pipelines' | 'all'

const CONDITIONS: Readonly<Record<RunKinds, string>> = {
  training: `EXISTS (SELECT 1 FROM step_runs s WHERE s.run = r.number AND s.uses LIKE 'train/%')`,
  pipelines: `EXISTS (SELECT 1 FROM step_runs s WHERE s.run = r.number AND s.uses NOT LIKE 'ingest/%' AND s.uses <> 'prepare/profile')`,
  all: 'TRUE',
}

const intervalSchema = z.object({ metric: z.string(), low: z.number(), high: z.number() })

/** Runs as a leaderboard shows them. */
export type LeaderboardRepository = ReturnType<typeof createLeaderboardRepository>

// `+o.kind`: the few outputs of a run are looked through by its key; the index by artifact would look through all reports.

/** Runs as a leaderboard shows them: every join is by key, so that a page costs the same however many runs there are; statements are prepared once. */
export function createLeaderboardRepository(database: Database) {
  const prepare = (kinds: RunKinds) => ({
    page: database.prepare<[number, number], Row>(`
      SELECT r.number, r.pipeline, r.status, r.started_at, r.finished_at, r.outcome, r.error ->> '$.headline' AS problem,
        m.meta AS model, m.bytes AS model_bytes,
        (SELECT s.seconds FROM step_outputs o JOIN step_runs s ON s.run = o.run AND s.step = o.step
          WHERE o.kind = 'model' AND o.hash = m.hash AND s.hit = 0 ORDER BY o.run LIMIT 1) AS fit_seconds,
        (SELECT a.meta -> '$.interval' FROM step_outputs o JOIN artifacts a ON a.kind = o.kind AND a.hash = o.hash
          WHERE o.run = r.number AND +o.kind = 'report' LIMIT 1) AS interval,
        t.run IS NOT NULL AS trains, t.params ->> '$.estimator' AS wished_estimator,
        t.key_parts ->> '$.goal.task' AS wished_task, t.key_parts ->> '$.goal.target' AS wished_target
      FROM runs r
      LEFT JOIN artifacts m ON m.kind = 'model' AND m.hash = r.outcome ->> '$.model.hash'
      LEFT JOIN step_runs t ON t.run = r.number AND t.step = (SELECT s.step FROM step_runs s WHERE s.run = r.number AND s.uses LIKE 'train/%' ORDER BY s.position LIMIT 1)
      WHERE r.number < ? AND ${CONDITIONS[kinds]} ORDER BY r.number DESC LIMIT ?`),
    count: database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM runs r WHERE ${CONDITIONS[kinds]}`),
  })
  const statements: Readonly<Record<RunKinds, ReturnType<typeof prepare>>> = { training: prepare('training'), pipelines: prepare('pipelines'), all: prepare('all') }
  return {
    /** The newest runs before run number `before`, the newest first. */
    page: (kinds: RunKinds, before: number, limit: number): LeaderboardRecord[] => statements[kinds].page.all(before, limit).map(recordOf),
    count: (kinds: RunKinds): number => statements[kinds].count.get()?.n ?? 0,
  }
}

function recordOf(row: Row): LeaderboardRecord {
  return {
    number: row.number,
    pipeline: row.pipeline,
    status: runStatusSchema.parse(row.status),
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    outcome: runOutcomeSchema.parse(JSON.parse(row.outcome)),
    problem: row.problem ?? undefined,
    model: row.model === null ? undefined : artifactMetaSchemas.model.parse(JSON.parse(row.model)),
    modelBytes: row.model_bytes ?? undefined,
    fitSeconds: row.fit_seconds ?? undefined,
    interval: row.interval === null ? undefined : intervalSchema.parse(JSON.parse(row.interval)),
    wish: row.trains === 1 ? { estimator: row.wished_estimator ?? undefined, task: row.wished_task ?? undefined, target: row.wished_target ?? undefined } : undefined,
  }
}
