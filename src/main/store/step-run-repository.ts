import { z } from 'zod'
import { keyChangeSchema, stepStatusSchema, type CacheOutcome, type KeyChange, type StepStatus } from '#shared/domain/run.ts'
import type { ArtifactKind } from '#shared/domain/artifact.ts'
import type { ErrorData } from '#shared/errors.ts'
import type { Database } from './database.ts'
import { formatRunId, parseRunId } from './run-id.ts'

/** Which artifact an output of a step is. */
export type OutputRef = { readonly name: string; readonly kind: ArtifactKind; readonly hash: string }

/** A step run as the database holds it. */
export type StepRunRecord = {
  readonly run: number
  readonly step: string
  readonly uses: string
  readonly status: StepStatus
  readonly params: Readonly<Record<string, unknown>> | undefined
  /** Parts of the cache key by name, as plain values. */
  readonly keyParts: Readonly<Record<string, unknown>> | undefined
  readonly cacheKey: string | undefined
  readonly hit: boolean
  readonly reason: string
  readonly changed: readonly KeyChange[]
  readonly producedBy: string | undefined
  readonly attempts: number
  readonly seconds: number
  readonly error: ErrorData | undefined
}

type Row = {
  run: number
  step: string
  uses: string
  status: string
  params: string | null
  key_parts: string | null
  cache_key: string | null
  hit: number
  reason: string
  changed: string
  produced_by: number | null
  attempts: number
  seconds: number
  error: string | null
}

/** What steps did, and what may be reused of it. */
export type StepRunRepository = ReturnType<typeof createStepRunRepository>

/** What steps did, and what may be reused of it; statements are prepared once. */
export function createStepRunRepository(database: Database) {
  const insert = database.prepare<[number, string, number, string]>(
    `INSERT INTO step_runs (run, step, position, uses, status) VALUES (?, ?, ?, ?, 'pending')`,
  )
  const start = database.prepare<[string, string, string, string, string, number, number, string]>(
    `UPDATE step_runs SET status = 'running', params = ?, key_parts = ?, cache_key = ?, reason = ?, changed = ?, started_at = ?
     WHERE run = ? AND step = ?`,
  )
  const anyOfKey = database.prepare<[string], { run: number }>('SELECT run FROM step_runs WHERE cache_key = ? LIMIT 1')
  const end = database.prepare<[string, number, number, string | null, number, string]>(
    'UPDATE step_runs SET status = ?, seconds = ?, attempts = ?, error = ? WHERE run = ? AND step = ?',
  )
  const markHit = database.prepare<[string, number, number, string]>(
    'UPDATE step_runs SET hit = 1, reason = ?, produced_by = ? WHERE run = ? AND step = ?',
  )
  const ofRun = database.prepare<[number], Row>('SELECT * FROM step_runs WHERE run = ? ORDER BY position')
  const one = database.prepare<[number, string], Row>('SELECT * FROM step_runs WHERE run = ? AND step = ?')
  const byKey = database.prepare<[string, number], Row>(
    `SELECT * FROM step_runs WHERE cache_key = ? AND run <> ? AND status = 'succeeded' ORDER BY run LIMIT 1`,
  )
  const before = database.prepare<[string, string, number], Row>(
    `SELECT s.* FROM runs r JOIN step_runs s ON s.run = r.number AND s.step = ?
     WHERE r.pipeline = ? AND r.number < ? AND s.key_parts IS NOT NULL ORDER BY r.number DESC LIMIT 1`,
  )
  const newestOfKind = database.prepare<[string, number], Row>(
    `SELECT * FROM step_runs WHERE uses = ? AND status = 'succeeded' ORDER BY run DESC, position DESC LIMIT ?`,
  )
  const addOutput = database.prepare<[number, string, string, string, string]>(
    'INSERT INTO step_outputs (run, step, name, kind, hash) VALUES (?, ?, ?, ?, ?)',
  )
  const outputs = database.prepare<[number, string], OutputRef>(
    'SELECT name, kind, hash FROM step_outputs WHERE run = ? AND step = ? ORDER BY name',
  )
  const makers = database.prepare<[number, string], OutputRef & { readonly step: string }>('SELECT step, name, kind, hash FROM step_outputs WHERE run = ? AND hash = ?')
  const isOutput = database.prepare<[string, string], { found: number }>(
    'SELECT EXISTS (SELECT 1 FROM step_outputs WHERE kind = ? AND hash = ?) AS found',
  )
  const producers = database.prepare<[string, string], { run: number; step: string }>(
    'SELECT run, step FROM step_outputs WHERE kind = ? AND hash = ? ORDER BY run DESC',
  )
  return {
    /** Records a step that has not started. */
    add(run: number, step: string, position: number, uses: string): void {
      insert.run(run, step, position, uses)
    },
    /** Records that a step's key is known and why it runs. */
    start(run: number, step: string, facts: { params: unknown; keyParts: unknown; cacheKey: string; cache: CacheOutcome; at: number }): void {
      start.run(
        JSON.stringify(facts.params),
        JSON.stringify(facts.keyParts),
        facts.cacheKey,
        facts.cache.reason,
        JSON.stringify(facts.cache.changed),
        facts.at,
        run,
        step,
      )
    },
    /** Records that a step reuses what an earlier run produced. */
    hit(run: number, step: string, cache: CacheOutcome): void {
      if (cache.producedBy === undefined) throw new Error('A cache hit names the run that produced its outputs')
      markHit.run(cache.reason, parseRunId(cache.producedBy), run, step)
    },
    end(run: number, step: string, facts: { status: StepStatus; seconds: number; attempts: number; error: ErrorData | undefined }): void {
      end.run(facts.status, facts.seconds, facts.attempts, facts.error === undefined ? null : JSON.stringify(facts.error), run, step)
    },
    /** Links an output to a registered artifact. */
    addOutput(run: number, step: string, output: OutputRef): void {
      addOutput.run(run, step, output.name, output.kind, output.hash)
    },
    outputs: (run: number, step: string): OutputRef[] => outputs.all(run, step),
    /** Steps of a run that made an artifact or handed it on, each with the name of the output. */
    makersOf: (run: number, hash: string): (OutputRef & { readonly step: string })[] => makers.all(run, hash),
    /** True where a recorded run has this artifact as an output. */
    isOutput: (kind: ArtifactKind, hash: string): boolean => isOutput.get(kind, hash)?.found === 1,
    /** Step runs that have this artifact as an output, the newest first. */
    producersOf: (kind: ArtifactKind, hash: string): { readonly run: number; readonly step: string }[] => producers.all(kind, hash),
    /** In the order of the plan. */
    ofRun: (run: number): StepRunRecord[] => ofRun.all(run).map(recordOf),
    get: (run: number, step: string): StepRunRecord | undefined => optional(one.get(run, step)),
    /** The oldest success with this cache key, this run aside. */
    reusable: (cacheKey: string, thisRun: number): StepRunRecord | undefined => optional(byKey.get(cacheKey, thisRun)),
    /** Whether any step run has this cache key. */
    hasKey: (cacheKey: string): boolean => anyOfKey.get(cacheKey) !== undefined,
    /** The newest successes of a step kind, at most `limit`. */
    succeeded: (uses: string, limit: number): StepRunRecord[] => newestOfKind.all(uses, limit).map(recordOf),
    /** The most recent earlier run of this step of this pipeline whose key was known. */
    before: (pipeline: string, step: string, run: number): StepRunRecord | undefined => optional(before.get(step, pipeline, run)),
  }
}

function optional(row: Row | undefined): StepRunRecord | undefined {
  return row === undefined ? undefined : recordOf(row)
}

const recordSchema = z.record(z.string(), z.unknown())

function recordOf(row: Row): StepRunRecord {
  const record = (text: string | null) => (text === null ? undefined : recordSchema.parse(JSON.parse(text)))
  return {
    run: row.run,
    step: row.step,
    uses: row.uses,
    status: stepStatusSchema.parse(row.status),
    params: record(row.params),
    keyParts: record(row.key_parts),
    cacheKey: row.cache_key ?? undefined,
    hit: row.hit === 1,
    reason: row.reason,
    changed: z.array(keyChangeSchema).parse(JSON.parse(row.changed)),
    producedBy: row.produced_by === null ? undefined : formatRunId(row.produced_by),
    attempts: row.attempts,
    seconds: row.seconds,
    error: row.error === null ? undefined : (JSON.parse(row.error) as ErrorData),
  }
}
