/** Severity of a log line. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** One line of a run's log; plain data, crosses threads. */
export type LogLine = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number
  readonly level: LogLevel
  readonly message: string
}

/** Where a piece of work reports what it does. */
export type Log = { [L in LogLevel]: (message: string) => void }

/** A log that hands every line to `sink`. */
export function createLog(now: () => number, sink: (line: LogLine) => void): Log {
  const at = (level: LogLevel) => (message: string) => {
    sink({ at: now(), level, message })
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
