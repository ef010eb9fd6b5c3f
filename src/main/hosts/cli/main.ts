import { runCli } from './cli.ts'
import { listenForInterrupt } from './interrupt.ts'
import { processTerminal } from './terminal.ts'

/** Runs the command that this process was started with and sets its exit code. */
export async function main(): Promise<void> {
  const terminal = processTerminal()
  const quiet = process.argv.includes('--json')
  const interrupt = listenForInterrupt((text) => {
    if (!quiet) terminal.err(text)
  })
  process.exitCode = await runCli(process.argv.slice(2), terminal, interrupt)
}
