import { z } from 'zod'
import type { ErrorData } from '../errors.ts'

/** State of a run. `interrupted`: its process ended without saying how it went. */
export const runStatusSchema = z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted'])

/** State of a run. */
export type RunStatus = z.infer<typeof runStatusSchema>

/** State of a step run. `skipped`: a step before it did not succeed. */
export const stepStatusSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted', 'skipped'])

/** State of a step run. */
export type StepStatus = z.infer<typeof stepStatusSchema>

/** One part of a step's cache key that differs from an earlier run; values in words. */
export const keyChangeSchema = z.object({ part: z.string(), from: z.string(), to: z.string() })

/** One part of a step's cache key that differs from an earlier run. */
export type KeyChange = z.infer<typeof keyChangeSchema>

/** Why a step ran or was reused. */
export type CacheOutcome = {
  readonly hit: boolean
  /** In words, one sentence. */
  readonly reason: string
  /** What differs from the most recent earlier run of this step; empty on a hit. */
  readonly changed: readonly KeyChange[]
  /** The run that produced what is reused; undefined on a miss. */
  readonly producedBy: string | undefined
}

/** A model version in the project's registry. */
export type ModelRef = { readonly name: string; readonly version: number; readonly hash: string }

/** A step of a run as results list it. */
export type StepSummary = {
  readonly id: string
  readonly uses: string
  readonly status: StepStatus
  /** Wall-clock time of this step in this run. */
  readonly seconds: number
  readonly cache: { readonly hit: boolean; readonly reason: string }
}

/** Scores by metric name. */
export type Metrics = Readonly<Record<string, number>>

/** What a run came to; what `run --json` prints. */
export type RunSummary = {
  /** Id such as `r0007`. */
  readonly run: string
  readonly pipeline: string
  readonly status: RunStatus
  readonly seconds: number
  readonly steps: readonly StepSummary[]
  /** Of the last evaluation report; undefined where none was made. */
  readonly metrics: Metrics | undefined
  /** The same metrics of the constant prediction. */
  readonly baseline: Metrics | undefined
  readonly model: ModelRef | undefined
  /** Name of the deployment slot that was set. */
  readonly deployment: string | undefined
  readonly error: ErrorData | undefined
}

/** One line of a run's log. */
export type RunLogLine = { readonly at: number; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string }

/** What happens while a pipeline runs, in order. */
export type RunEvent =
  | {
      readonly type: 'run-started'
      readonly run: string
      readonly pipeline: string
      readonly steps: readonly { readonly id: string; readonly uses: string }[]
    }
  | { readonly type: 'step-started'; readonly step: string; readonly uses: string; readonly attempt: number }
  | {
      readonly type: 'step-progress'
      readonly step: string
      /** 0 … 1 */
      readonly fraction: number
      readonly message: string
      /** Undefined while too little is done to say. */
      readonly remainingSeconds: number | undefined
    }
  | { readonly type: 'step-log'; readonly step: string; readonly line: RunLogLine }
  | { readonly type: 'step-finished'; readonly summary: StepSummary; readonly error: ErrorData | undefined }
  | { readonly type: 'run-finished'; readonly summary: RunSummary }

/** A run in a list. */
export type RunListEntry = {
  readonly run: string
  readonly pipeline: string
  readonly status: RunStatus
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number
  /** Undefined while it runs. */
  readonly seconds: number | undefined
  readonly metrics: Metrics | undefined
  readonly model: ModelRef | undefined
  readonly deployment: string | undefined
}

/** A step of a recorded run with everything that is known of it. */
export type StepRunDetail = StepSummary & {
  readonly params: Readonly<Record<string, unknown>> | undefined
  readonly changed: readonly KeyChange[]
  readonly producedBy: string | undefined
  readonly attempts: number
  readonly outputs: readonly { readonly name: string; readonly kind: string; readonly hash: string; readonly bytes: number }[]
  readonly error: ErrorData | undefined
}

/** A recorded run with its steps and its log. */
export type RunDetail = RunListEntry & {
  readonly pipelineFile: string
  readonly seed: number
  readonly baseline: Metrics | undefined
  readonly error: ErrorData | undefined
  readonly steps: readonly StepRunDetail[]
  readonly log: readonly (RunLogLine & { readonly step: string | undefined })[]
}

/** What `explain RUN STEP` answers. */
export type StepExplanation = CacheOutcome & { readonly run: string; readonly step: string }

/** Runs side by side: one value per run, in the order asked; undefined where a run has none. */
export type RunComparison = {
  readonly runs: readonly RunListEntry[]
  readonly params: readonly { readonly step: string; readonly param: string; readonly values: readonly unknown[]; readonly differs: boolean }[]
  readonly metrics: readonly { readonly metric: string; readonly values: readonly (number | undefined)[] }[]
}

/** What a deletion removed. */
export type RunDeletion = {
  readonly run: string
  readonly bytesFreed: number
  readonly artifactsRemoved: number
  /** Models and datasets that went with it, such as `model churn 3`. */
  readonly removed: readonly string[]
  /** What was kept and why, in words. */
  readonly kept: readonly string[]
}
