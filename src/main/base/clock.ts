/** Time as an effect, so that tests can hand in their own. */
export type Clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Milliseconds from an arbitrary origin that never goes back. */
  monotonic(): number
  /** Milliseconds of processor time that all threads of this process have used: what work took, however busy the machine. */
  processor(): number
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now(), processor: processorTime }
