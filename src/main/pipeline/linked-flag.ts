import { createAbortFlag, type AbortFlag } from '../base/abort.ts'

/** A flag that is set when another is, or when time is up. */
export type LinkedFlag = {
  readonly flag: AbortFlag
  timedOut(): boolean
  /** Stops watching; call it when the work is done. */
  dispose(): void
}

const pollMilliseconds = 20

/** A flag for a part of the work: the whole's flag sets it, the part's own limit too. */
export function linkFlag(parent: AbortFlag, seconds?: number): LinkedFlag {
  const flag = createAbortFlag()
  let late = false
  if (parent.aborted) flag.abort()
  const poll = setInterval(() => {
    if (parent.aborted) flag.abort()
  }, pollMilliseconds)
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => {
          late = !parent.aborted
          flag.abort()
        }, seconds * 1000)
  return {
    flag,
    timedOut: () => late,
    dispose() {
      clearInterval(poll)
      clearTimeout(timer)
    },
  }
}
