import type { CliContext } from '../context.ts'
import { createLiveLine } from './live-line.ts'

/** What a piece of work of unknown length is at, on a screen; silent elsewhere, where its result is soon there. */
export function createJobProgress(context: CliContext, name: string): { readonly show: (message: string) => void; readonly end: () => void } {
  const line = createLiveLine(context.terminal)
  return {
    show: (message) => {
      if (!context.json) line.show(`${name}  ${message}`)
    },
    end: () => {
      line.clear()
    },
  }
}
