import type { Log } from '../../base/log.ts'
import { loadStepKinds } from '../../pipeline/step-kinds.ts'

/** How long the window has the host to itself after its start, in milliseconds. */
const quiet = 2000

/**
 * Loads the step kinds once the window has been drawn: a few hundred files, which would hold up its answers when the first run
 * starts. The returned function calls it off.
 */
export function warmUpLater(log: Log): () => void {
  const timer = setTimeout(() => {
    loadStepKinds().catch((error: unknown) => {
      log.warn(`The step kinds could not be loaded: ${String(error)}`)
    })
  }, quiet)
  timer.unref()
  return () => {
    clearTimeout(timer)
  }
}
