import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'

/** Exit code of a command that the user stopped. */
export const cancelledExitCode = 130

/** Two signals closer than this (milliseconds) are one: a terminal, npm and the launcher each pass on the same Ctrl-C. */
const sameKeyPress = 300

/** What the user's wish to stop does. */
export type Interrupt = {
  /** From here on the first Ctrl-C sets this flag and the command stops by itself; the second ends the process at once. */
  graceful(): AbortFlag
}

/** Decides what a signal does: `ignore` what belongs to the same key press, `stop` in order, or `exit` at once. */
export function decide(signal: { readonly at: number; readonly firstAt: number | undefined; readonly graceful: boolean }): 'ignore' | 'stop' | 'exit' {
  if (!signal.graceful) return 'exit'
  if (signal.firstAt === undefined) return 'stop'
  return signal.at - signal.firstAt < sameKeyPress ? 'ignore' : 'exit'
}

/** Ends the process without a word to its threads: one that DuckDB is at work in would not survive being taken down. */
function endAtOnce(): never {
  process.removeAllListeners('SIGINT')
  process.kill(process.pid, 'SIGINT')
  // Reached where the signal is delivered later.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
}

/** Listens to this process's signals and to the death of its launcher. */
export function listenForInterrupt(say: (text: string) => void): Interrupt {
  let flag: AbortFlag | undefined
  let firstAt: number | undefined
  const onSignal = (): void => {
    const at = performance.now()
    const decision = decide({ at, firstAt, graceful: flag !== undefined })
    if (decision === 'exit') endAtOnce()
    if (decision === 'ignore') return
    firstAt = at
    flag?.abort()
    say('Stopping cleanly; press Ctrl-C again to stop at once.\n')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  if (process.channel !== undefined) {
    process.on('disconnect', onSignal)
    process.channel.unref()
  }
  return { graceful: () => (flag ??= createAbortFlag()) }
}
