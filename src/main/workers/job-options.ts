import type { Measurement } from '#shared/domain/measurement.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { LogLine } from '../base/log.ts'

/** How one job is run. */
export type JobOptions = {
  /** What the job does, for messages about a worker that crashed, e.g. `step train`. */
  readonly label: string
  readonly signal: AbortFlag
  readonly onProgress?: (fraction: number, message: string) => void
  readonly onLog?: (line: LogLine) => void
  readonly onMeasured?: (measurements: readonly Measurement[]) => void
}
