import type { Terminal } from '../terminal.ts'

/** Text on standard error of which the last line can be replaced, where the screen allows that. */
export type LiveLine = {
  /** Shows `text` in place of the live line; nothing where lines cannot be rewritten. */
  show(text: string): void
  /** Prints a line that stays, above the live line. */
  keep(text: string): void
  /** Removes the live line. */
  clear(): void
}

/** A live line on this terminal. */
export function createLiveLine(terminal: Terminal): LiveLine {
  let shown = false
  const clear = (): void => {
    if (shown) terminal.err('\r\u001b[K')
    shown = false
  }
  return {
    show(text) {
      if (!terminal.rewrites) return
      terminal.err(`\r\u001b[K${Array.from(text).slice(0, terminal.columns - 1).join('')}`)
      shown = true
    },
    keep(text) {
      clear()
      terminal.err(`${text}\n`)
    },
    clear,
  }
}
