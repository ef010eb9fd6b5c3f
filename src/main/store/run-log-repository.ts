import type { RunLogLine } from '#shared/domain/run.ts'
import type { Database } from './database.ts'

type Row = { step: string | null; at: number; level: RunLogLine['level']; message: string }

/** Lines that runs logged. */
export type RunLogRepository = ReturnType<typeof createRunLogRepository>

/** Lines that runs logged; statements are prepared once. */
export function createRunLogRepository(database: Database) {
  const insert = database.prepare<[number, string | null, number, string, string]>(
    'INSERT INTO run_log (run, step, at, level, message) VALUES (?, ?, ?, ?, ?)',
  )
  const ofRun = database.prepare<[number], Row>('SELECT step, at, level, message FROM run_log WHERE run = ? ORDER BY id')
  return {
    add(run: number, step: string | undefined, line: RunLogLine): void {
      insert.run(run, step ?? null, Math.round(line.at), line.level, line.message)
    },
    /** In the order they were written. */
    ofRun: (run: number): (RunLogLine & { step: string | undefined })[] =>
      ofRun.all(run).map((row) => ({ ...row, step: row.step ?? undefined })),
  }
}
