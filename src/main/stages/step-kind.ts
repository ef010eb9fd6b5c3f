import type { z } from 'zod'
import type { Artifact, ArtifactKind, Draft } from '#shared/domain/artifact.ts'
import type { Measurement } from '#shared/domain/measurement.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Rng } from '../base/rng.ts'
import type { BackendId, BackendWish } from '../compute/backend.ts'
import type { NetworkKind } from '../compute/self-test/networks.ts'
import type { DataEngine } from '../data/engine.ts'
import type { Checkpoints } from '../learn/checkpoints.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'

/** What a step may use; it reaches for no file, clock or randomness by itself. */
export type StageContext = {
  /** What the pipeline wants to learn; absent in pipelines that only prepare data. */
  readonly goal: Goal | undefined
  /** Seeded from the pipeline's seed and the step's id. */
  readonly rng: Rng
  /** The number that seeded `rng`. */
  readonly seed: number
  readonly clock: Clock
  readonly log: Log
  /** DuckDB in this worker: reads and writes Parquet out of core. */
  readonly data: DataEngine
  /** Wasm kernels and their threads, started at the first call. */
  kernels(): Promise<KernelPool>
  /** Where work may be put down that an interruption shall not cost; absent: nowhere. */
  readonly checkpoints?: Checkpoints
  /** What neural networks compute on; absent for steps that train none. */
  readonly backend?: { readonly id: BackendId; readonly device: string; readonly why: string } | undefined
  /** Bytes this step may use. */
  readonly memoryBytes: number
  /** A fresh empty folder for an output; what the step does not return is removed. */
  outputFolder(name: string): Promise<string>
  /** Writes a whole small file (JSON, weights) into a folder from `outputFolder`. */
  writeFile(folder: string, name: string, data: string | Uint8Array): Promise<void>
  /** Reads a whole small file of an input artifact. */
  readFile(artifact: Artifact, name: string): Promise<Uint8Array>
  /** Absolute path of a file named in the pipeline (relative to the pipeline file). */
  resolvePath(path: string): string
  /** 0 … 1 and what is going on in a few words. */
  progress(fraction: number, message?: string): void
  /** Tells what was measured while learning, for those who watch; what shall last goes into an output too. */
  measure(measurement: Measurement): void
  throwIfAborted(): void
}

/** An input of a step: which artifact kind, and the output names of earlier steps it prefers, in order. */
export type InputSpec = { readonly kind: ArtifactKind; readonly from: readonly string[]; readonly optional?: boolean }

type Inputs = Readonly<Record<string, InputSpec>>
type Outputs = Readonly<Record<string, ArtifactKind>>

/** Artifacts by input name, typed by the kind each input declares. */
export type InputArtifacts<I extends Inputs> = {
  readonly [N in keyof I]: I[N] extends { readonly optional: true } ? Artifact<I[N]['kind']> | undefined : Artifact<I[N]['kind']>
}

/** Drafts by output name. */
export type OutputDrafts<O extends Outputs> = { readonly [N in keyof O]: Draft<O[N]> }

/** What a step will need at its peak. */
export type Estimate = { readonly memoryBytes: number; readonly diskBytes: number }

/** What training asks of a backend. */
export type ComputeNeeds = { readonly networks: readonly NetworkKind[]; readonly wish: BackendWish }

/** A kind of step: the unit that pipelines are made of. */
export type StepKind<P = unknown, I extends Inputs = Inputs, O extends Outputs = Outputs> = {
  /** `stage/name`, as pipelines hold it. */
  readonly id: string
  /** Raised when the same inputs and parameters give other outputs. */
  readonly version: number
  readonly label: string
  readonly help: string
  /** The one source of validation, CLI help, forms and docs. Input may be partial. */
  readonly params: z.ZodType<P, unknown>
  readonly inputs: I
  /**
   * For kinds that take any number of datasets: the earlier step that gives each, as `step` or `step.output`, by the name that
   * the step gives it; undefined: every dataset of the steps in `needs`, by their ids. `inputs` names none then.
   */
  namedInputs?(params: P): Readonly<Record<string, string>> | undefined
  readonly outputs: O
  /** Outputs that a step may give only where its parameters ask for them; inputs are bound to them only then. */
  readonly optionalOutputs?: Readonly<Record<string, { readonly kind: ArtifactKind; asked(params: P): boolean }>>
  /** Files outside the project that the step reads; their content is part of its cache key. */
  externalFiles?(params: P): readonly string[]
  /** True where these may be folders and patterns such as `data/*.csv`, which stand for the files in them. */
  readonly readsFolders?: boolean
  /** Kinds that run nothing: the dataset version of the project that is their output, the newest where no version is named. */
  stored?(params: P): { readonly name: string; readonly version?: number | undefined }
  /** True where the result depends on what the pipeline wants to learn (task, target, positive class). */
  readonly usesGoal: boolean
  /** True where the result depends on the seed. */
  readonly usesSeed: boolean
  /** What a step that trains neural networks asks of a backend: the kinds of network, and which backend it wishes for; undefined where it trains none. */
  computes?(params: P): ComputeNeeds | undefined
  /** Asked before the step starts; `external` is the total size of its external files. */
  estimate(facts: { params: P; inputs: InputArtifacts<I>; externalBytes: number }): Estimate
  run(work: { params: P; inputs: InputArtifacts<I> }, ctx: StageContext): Promise<OutputDrafts<O>>
}

/** Checks a step kind's types where it is defined and forgets them for the registry. */
export function defineStep<P, const I extends Inputs, const O extends Outputs>(step: StepKind<P, I, O>): StepKind {
  return step
}
