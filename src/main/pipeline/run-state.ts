import type { RunEvent } from '#shared/domain/run.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { Project } from '../store/project.ts'
import type { WorkerPool } from '../workers/pool.ts'
import type { Plan } from './plan.ts'

/** What the steps of one run share. */
export type RunState = {
  readonly project: Project
  readonly plan: Plan
  /** Number of the run. */
  readonly run: number
  readonly pool: WorkerPool
  readonly signal: AbortFlag
  /** Bytes that one step may use. */
  readonly memoryBytes: number
  readonly threads: number
  /** Seconds between two checkpoints of a step. */
  readonly checkpointSeconds: number
  /** Folder that paths in the pipeline are relative to. */
  readonly baseFolder: string
  readonly registry: URL
  isForced(step: string): boolean
  emit(event: RunEvent): void
}
