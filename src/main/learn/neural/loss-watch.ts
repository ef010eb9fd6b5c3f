import { tf } from '../../compute/tensors.ts'
import { diverged, type Place } from './divergence.ts'

/** Losses that are read from the device at a time: waiting for each would make a graphics card idle. */
const TOGETHER = 16

/** Adds up the losses of an epoch's steps and stops at the first that is no number. */
export type LossWatch = {
  /** Takes the loss of the next step, a scalar tensor, which is the watch's from then on. */
  add(loss: tf.Tensor): Promise<void>
  /** Sum of all losses that were added, and before. Throws MillraceError, see `ranAway`, with the step. */
  sum(): Promise<number>
  close(): void
}

/** Watches the steps of an epoch of `steps`, from the `done`-th on, whose losses before add up to `before`. */
export function watchLosses(place: Place, steps: number, done: number, before: number): LossWatch {
  let [sum, step] = [before, done]
  let waiting: tf.Tensor[] = []
  const dispose = (): void => {
    tf.dispose(waiting)
    waiting = []
  }
  const read = async (): Promise<number> => {
    if (waiting.length === 0) return sum
    const all = tf.tidy(() => tf.stack(waiting))
    dispose()
    try {
      for (const loss of await all.data()) {
        step++
        if (!Number.isFinite(loss)) throw diverged({ ...place, step, steps }, loss, `the loss was no number any more (${String(loss)})`)
        sum += loss
      }
    } finally {
      all.dispose()
    }
    return sum
  }
  return {
    async add(loss) {
      waiting.push(loss)
      if (waiting.length >= TOGETHER) await read()
    },
    sum: read,
    close: dispose,
  }
}
