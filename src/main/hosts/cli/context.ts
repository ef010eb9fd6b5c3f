import type { AbortFlag } from '../../base/abort.ts'
import { formatJson } from './format/json.ts'
import { createPaint, type Paint } from './format/paint.ts'
import { asTyped } from './invocation.ts'
import type { Interrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

/** What a command gets to work with. */
export type CliContext = {
  readonly terminal: Terminal
  readonly paint: Paint
  readonly json: boolean
  /** The folder of `--project`, as typed. */
  readonly project: string | undefined
  /** Prints a result: the value under `--json`, the text otherwise. */
  result(value: object, text: () => string): void
  /** A hint with its commands as they are to be typed here. */
  hint(text: string): string
  /** A remark on standard error; nothing under `--json`. */
  remark(text: string): void
  /** From here on Ctrl-C sets this flag instead of ending the process. */
  abortFlag(): AbortFlag
}

/** The context of one command. */
export function createContext(
  options: { readonly json?: boolean; readonly project?: string },
  terminal: Terminal,
  interrupt: Interrupt,
): CliContext {
  const json = options.json === true
  return {
    terminal,
    paint: createPaint(terminal.colour && !json),
    json,
    project: options.project,
    result: (value, text) => {
      terminal.out(json ? formatJson(value) : text())
    },
    hint: (text) => asTyped(text, terminal.cwd, options.project),
    remark: (text) => {
      if (!json) terminal.err(text)
    },
    abortFlag: () => interrupt.graceful(),
  }
}
