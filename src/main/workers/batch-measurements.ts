import type { Measurement } from '#shared/domain/measurement.ts'

/** Milliseconds between two batches. */
const BETWEEN = 200

/** Gathers measurements and passes them on five times a second at most; `flush` passes on what is left. Needs no timer: the thread may be busy. */
export function batchMeasurements(now: () => number, sink: (measurements: Measurement[]) => void): { add(measurement: Measurement): void; flush(): void } {
  let gathered: Measurement[] = []
  let last = Number.NEGATIVE_INFINITY
  const flush = (): void => {
    if (gathered.length === 0) return
    const batch = gathered
    gathered = []
    last = now()
    sink(batch)
  }
  return {
    add(measurement) {
      gathered.push(measurement)
      if (now() - last >= BETWEEN) flush()
    },
    flush,
  }
}
