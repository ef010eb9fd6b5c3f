/** What the command line may use of the terminal that it runs in; tests hand in their own. */
export type Terminal = {
  /** Results. */
  out(text: string): void
  /** Progress, warnings, errors. */
  err(text: string): void
  /** True where standard error is a screen on which a line can be rewritten. */
  readonly rewrites: boolean
  /** True where standard output may carry colour. */
  readonly colour: boolean
  /** Width of the screen in characters. */
  readonly columns: number
  /** Folder in which the command was typed. */
  readonly cwd: string
  /** True where defects may show their stack trace. */
  readonly debug: boolean
}

/** The terminal of this process. A reader that closed the pipe (`| head`) ends it quietly. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    rewrites: process.stderr.isTTY && process.env.TERM !== 'dumb',
    colour: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
    columns: process.stderr.columns || 100,
    cwd: process.cwd(),
    debug: process.env.MILLRACE_DEBUG === '1',
  }
}
