import type { Artifact } from '#shared/domain/artifact.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { StageContext } from '../stages/step-kind.ts'
import type { SealedDraft } from '../store/seal-draft.ts'

/** All that a worker needs to run one step; plain data. */
export type StepJobInput = {
  /** Module that exports `stepKinds`. */
  readonly registry: string
  /** Id of the step kind. */
  readonly uses: string
  readonly step: string
  /** Parameters before defaults; the worker applies the kind's schema. */
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, Artifact | undefined>>
  readonly goal: Goal | undefined
  /** The pipeline's seed. */
  readonly seed: number
  /** What neural networks compute on; undefined for steps that train none. */
  readonly backend?: StageContext['backend']
  /** Bytes that the step may use. */
  readonly memoryBytes: number
  readonly threads: number
  /** Folder that paths in the pipeline are relative to. */
  readonly baseFolder: string
  /** Folder of what an interrupted run of this step left to go on from, and seconds between two checkpoints. */
  readonly checkpoints: { readonly folder: string; readonly secondsBetween: number }
  /** Empty folder for drafts and spilled data; the host removes it after the step. */
  readonly temporaryFolder: string
}

/** What a step made, flushed and hashed, by output name. */
export type StepJobOutput = { readonly outputs: Readonly<Record<string, SealedDraft>> }
