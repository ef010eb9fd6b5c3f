import type { Iteration } from '#shared/domain/measurement.ts'
import type { Log } from '../base/log.ts'
import type { Rng } from '../base/rng.ts'
import type { BackendId } from '../compute/backend.ts'
import type { Examples } from '../table/append-rows.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'
import type { Checkpoints } from './checkpoints.ts'

/** Effects that learning code may use; it reaches for nothing else. */
export type FitContext = {
  readonly rng: Rng
  /** Compute threads over shared memory; `pool.threads` never changes a result, only its speed. */
  readonly pool: KernelPool
  /** Bytes that this work may use; absent: as many as there are. */
  readonly memoryBytes?: number
  /** Where it may put down what to go on from; absent: an interrupted fit begins anew. */
  readonly checkpoints?: Checkpoints
  /** The log of the run; absent where nobody reads it. */
  readonly log?: Pick<Log, 'info' | 'warn'>
  /** What neural networks compute on where their parameters leave it open; absent: `wasm`, which is everywhere. */
  readonly backend?: BackendId
  /** Throws the `cancelled` error when the user cancelled; call it at least every 50 ms of work. */
  throwIfAborted(): void
  /** Progress of this piece of work, 0 … 1, with what is going on in a few words. */
  progress(fraction: number, message?: string): void
  /** Hears the losses of a learner that goes in rounds, as they come; absent where nobody listens, and then they are not computed. */
  iteration?(point: IterationPoint): void
  /**
   * Rows set aside to judge by, in the columns of the matrix and with its classes: what an estimator would choose by folds or by a held-out
   * part of its rows, it chooses by these, and learns from all of its own. Absent where none were set aside.
   */
  readonly validation?: Examples
}

/** The losses after a round; who learns is known to who listens. */
export type IterationPoint = Omit<Iteration, 'kind' | 'learner'>

/** What a named part of a piece of work may use: randomness of its own, and checkpoints apart from those of others, also of the same name for another `owner`. */
export function forPart(ctx: FitContext, name: string, owner = ''): FitContext {
  const { rng, checkpoints } = ctx
  return { ...ctx, rng: rng.fork(name), ...(checkpoints === undefined ? {} : { checkpoints: checkpoints.fork(`${owner} ${name}`) }) }
}
