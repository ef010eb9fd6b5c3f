import { z } from 'zod'
import { runStatusSchema, type RunListEntry, type RunStatus } from '#shared/domain/run.ts'
import type { ErrorData } from '#shared/errors.ts'
import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'

/** What a finished run came to, kept with it so that lists need no other table. */
export const runOutcomeSchema = z.object({
  metrics: z.record(z.string(), z.number()).optional(),
  baseline: z.record(z.string(), z.number()).optional(),
  model: z.object({ name: z.string(), version: z.int(), hash: z.string() }).optional(),
  deployment: z.string().optional(),
})

/** What a finished run came to. */
export type RunOutcome = z.infer<typeof runOutcomeSchema>

/** A run as the database holds it. */
export type RunRecord = {
  readonly number: number
  readonly pipeline: string
  readonly pipelineFile: string
  readonly seed: number
  readonly status: RunStatus
  readonly startedAt: number
  readonly finishedAt: number | undefined
  readonly outcome: RunOutcome
  readonly error: ErrorData | undefined
}

type Row = {
  number: number
  pipeline: string
  pipeline_file: string
  seed: number
  status: string
  started_at: number
  finished_at: number | null
  outcome: string
  error: string | null
}

/** Executions of pipelines. */
export type RunRepository = ReturnType<typeof createRunRepository>

/** Executions of pipelines; statements are prepared once. */
export function createRunRepository(database: Database) {
  const insert = database.prepare<[string, string, number, number]>(
    `INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES (?, ?, ?, 'running', ?)`,
  )
  const finish = database.prepare<[string, number, string, string | null, number]>(
    `UPDATE runs SET status = ?, finished_at = ?, outcome = ?, error = ? WHERE number = ?`,
  )
  const byNumber = database.prepare<[number], Row>('SELECT * FROM runs WHERE number = ?')
  const newest = database.prepare<[number], Row>('SELECT * FROM runs ORDER BY number DESC LIMIT ?')
  const newestOf = database.prepare<[string, number], Row>('SELECT * FROM runs WHERE pipeline = ? ORDER BY number DESC LIMIT ?')
  const unfinished = database.prepare<[], Row>(`SELECT * FROM runs WHERE status = 'running'`)
  const remove = database.prepare<[number]>('DELETE FROM runs WHERE number = ?')
  const interrupt = database.prepare<[number, number]>(
    `UPDATE runs SET status = 'interrupted', finished_at = ? WHERE number = ? AND status = 'running'`,
  )
  const interruptSteps = database.prepare<[number]>(
    `UPDATE step_runs SET status = CASE status WHEN 'running' THEN 'interrupted' ELSE 'skipped' END
     WHERE run = ? AND status IN ('pending', 'running')`,
  )
  return {
    /** Records a new run as running and returns its number. */
    start(run: { pipeline: string; pipelineFile: string; seed: number; at: number }): number {
      return Number(insert.run(run.pipeline, run.pipelineFile, run.seed, run.at).lastInsertRowid)
    },
    finish(number: number, end: { status: RunStatus; at: number; outcome: RunOutcome; error: ErrorData | undefined }): void {
      finish.run(end.status, end.at, JSON.stringify(end.outcome), end.error === undefined ? null : JSON.stringify(end.error), number)
    },
    get: (number: number): RunRecord | undefined => optional(byNumber.get(number)),
    /** Newest first. */
    list: (limit = -1): RunRecord[] => newest.all(limit).map(recordOf),
    /** Newest first, of one pipeline. */
    listOf: (pipeline: string, limit = -1): RunRecord[] => newestOf.all(pipeline, limit).map(recordOf),
    unfinished: (): RunRecord[] => unfinished.all().map(recordOf),
    /** Marks a run whose process died, and its open steps. */
    interrupt(number: number, at: number): void {
      interrupt.run(at, number)
      interruptSteps.run(number)
    },
    /** Removes the run with its steps and log. */
    remove: (number: number): boolean => remove.run(number).changes > 0,
  }
}

/** A run as lists show it. */
export function listEntry(run: RunRecord): RunListEntry {
  return {
    run: formatRunId(run.number),
    pipeline: run.pipeline,
    status: run.status,
    startedAt: run.startedAt,
    seconds: run.finishedAt === undefined ? undefined : (run.finishedAt - run.startedAt) / 1000,
    metrics: run.outcome.metrics,
    model: run.outcome.model,
    deployment: run.outcome.deployment,
  }
}

function optional(row: Row | undefined): RunRecord | undefined {
  return row === undefined ? undefined : recordOf(row)
}

function recordOf(row: Row): RunRecord {
  return {
    number: row.number,
    pipeline: row.pipeline,
    pipelineFile: row.pipeline_file,
    seed: row.seed,
    status: runStatusSchema.parse(row.status),
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    outcome: runOutcomeSchema.parse(JSON.parse(row.outcome)),
    error: row.error === null ? undefined : (JSON.parse(row.error) as ErrorData),
  }
}
