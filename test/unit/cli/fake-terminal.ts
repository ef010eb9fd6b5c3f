import { createAbortFlag } from '../../../src/main/base/abort.ts'
import type { Interrupt } from '../../../src/main/hosts/cli/interrupt.ts'
import type { Terminal } from '../../../src/main/hosts/cli/terminal.ts'

/** A terminal that remembers what was written to it. */
export function fakeTerminal(options: Partial<Terminal> = {}): { terminal: Terminal; interrupt: Interrupt; out: () => string; err: () => string } {
  const out: string[] = []
  const err: string[] = []
  const flag = createAbortFlag()
  return {
    terminal: {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      rewrites: false,
      colour: false,
      columns: 80,
      cwd: process.cwd(),
      debug: false,
      ...options,
    },
    interrupt: { graceful: () => flag },
    out: () => out.join(''),
    err: () => err.join(''),
  }
}
