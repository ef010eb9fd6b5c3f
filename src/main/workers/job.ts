import type { Measurement } from '#shared/domain/measurement.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { Log } from '../base/log.ts'

/** What a job in a worker thread may use. */
export type JobContext = {
  readonly signal: AbortFlag
  readonly log: Log
  /** 0 … 1 and what is going on in a few words; sent on ten times a second at most. */
  progress(fraction: number, message?: string): void
  /** Tells what was measured; sent on in batches, all by the end of the job. */
  measure(measurement: Measurement): void
}

/** Default export of a job module. Input and output are plain data (structured clone). */
export type Job<I, O> = (input: I, context: JobContext) => Promise<O>
