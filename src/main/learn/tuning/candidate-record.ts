import type { Entry } from './race.ts'

/** One line of the table that a choice was made from. */
export type CandidateRecord = {
  readonly label: string
  readonly estimator: string
  readonly params: unknown
  readonly status: Entry['status']
  /** Folds that it ran. */
  readonly folds: number
  readonly mean: number | null
  readonly deviation: number | null
  /** Its score on each of those folds. */
  readonly scores: readonly number[]
  /** Seconds of fit and prediction over its folds. */
  readonly seconds: number
  readonly note: string | null
}
