import { MillraceError } from '#shared/errors.ts'
import { isAlive, ownIdentity, uniqueToken } from '../base/process-identity.ts'
import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'
import type { RunRepository } from './run-repository.ts'

/** Who may write artifacts now. */
export type LockHolder = { readonly run: number | undefined; readonly pid: number; readonly host: string; readonly alive: boolean }

/** The right to write artifacts, until released. */
export type HeldLock = {
  /** Says which run it is held for. */
  assign(run: number): void
  /** Shows that this process is still there; throws where another took the lock over. */
  beat(): void
  release(): void
}

/** How often a holder beats, in milliseconds. */
export const heartbeatMilliseconds = 5000
/** A holder that cannot be looked up is taken for dead after this long without a beat. */
const staleMilliseconds = 60_000

type Row = { token: string; run: number | null; pid: number; host: string; process_started: string; heartbeat_at: number }

/** The lock that lets one run at a time write to a project. */
export type RunLock = ReturnType<typeof createRunLock>

/** The lock that lets one run at a time write to a project, across processes; statements are prepared once. */
export function createRunLock(database: Database, runs: RunRepository, now: () => number) {
  const one = database.prepare<[], Row>('SELECT * FROM run_lock WHERE id = 1')
  const insert = database.prepare<[string, number, string, string, number]>(
    'INSERT INTO run_lock (id, token, pid, host, process_started, heartbeat_at) VALUES (1, ?, ?, ?, ?, ?)',
  )
  const clear = database.prepare<[]>('DELETE FROM run_lock')
  const assign = database.prepare<[number, string]>('UPDATE run_lock SET run = ? WHERE token = ?')
  const beat = database.prepare<[number, string]>('UPDATE run_lock SET heartbeat_at = ? WHERE token = ?')
  const release = database.prepare<[string]>('DELETE FROM run_lock WHERE token = ?')

  const holder = (): LockHolder | undefined => {
    const row = one.get()
    if (row === undefined) return undefined
    const state = isAlive({ pid: row.pid, host: row.host, started: row.process_started })
    const alive = state === 'alive' || (state === 'unknown' && now() - row.heartbeat_at < staleMilliseconds)
    return { run: row.run ?? undefined, pid: row.pid, host: row.host, alive }
  }

  return {
    holder,
    /** Takes the lock, from a dead holder too, whose run is then marked as interrupted. */
    acquire(): HeldLock {
      const token = uniqueToken()
      database
        .transaction(() => {
          const current = holder()
          if (current?.alive === true) throw busy(current)
          clear.run()
          for (const run of runs.unfinished()) runs.interrupt(run.number, now())
          const self = ownIdentity()
          insert.run(token, self.pid, self.host, self.started, now())
        })
        .immediate()
      return {
        assign(run) {
          assign.run(run, token)
        },
        beat() {
          if (beat.run(now(), token).changes === 0) throw lost()
        },
        release() {
          release.run(token)
        },
      }
    },
    /** Marks runs whose process is gone; called when a project is opened. */
    sweep(): void {
      const open = runs.unfinished()
      if (open.length === 0) return
      database
        .transaction(() => {
          const current = holder()
          const live = current?.alive === true ? current.run : undefined
          for (const run of open) if (run.number !== live) runs.interrupt(run.number, now())
          if (current?.alive === false) clear.run()
        })
        .immediate()
    },
  }
}

function busy(holder: LockHolder): MillraceError {
  const what = holder.run === undefined ? 'is changing' : `is running ${formatRunId(holder.run)} in`
  return new MillraceError({
    code: 'busy',
    headline: 'Another run is going on in this project',
    message: `Process ${holder.pid} on ${holder.host} ${what} this project; one run at a time can write to it.`,
    nextStep: `Wait until it is done, or end process ${holder.pid}, then try again. Lists and predictions work meanwhile.`,
    retryable: true,
    details: { pid: holder.pid, host: holder.host, ...(holder.run === undefined ? {} : { run: formatRunId(holder.run) }) },
  })
}

function lost(): MillraceError {
  return new MillraceError({
    code: 'busy',
    headline: 'Another process took this project over',
    message: 'This run did not show itself for over a minute, so another process took it for dead.',
    nextStep: 'Run it again; finished steps are reused.',
    retryable: true,
  })
}
