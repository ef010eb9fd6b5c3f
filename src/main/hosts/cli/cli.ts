import { Command, CommanderError } from 'commander'
import { MillraceError, toErrorData, type ErrorData } from '#shared/errors.ts'
import { systemError } from '../../base/system-error.ts'
import { commands } from './commands/index.ts'
import { createContext } from './context.ts'
import { formatError, publicError } from './format/error.ts'
import { formatJson } from './format/json.ts'
import { createPaint } from './format/paint.ts'
import { asTyped } from './invocation.ts'
import { cancelledExitCode, type Interrupt } from './interrupt.ts'
import type { Handler } from './command.ts'
import type { Terminal } from './terminal.ts'
import { readVersion } from '../../base/version.ts'

const usageExitCode = 2

function buildProgram(terminal: Terminal, interrupt: Interrupt): Command {
  const program = new Command('millrace')
    .description('From raw data to a deployed model on one workstation.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .option('--project <dir>', 'project folder (default: the nearest one upward from here)')
    .option('--json', 'print the result as JSON (docs/cli.md)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => {
        terminal.out(asTyped(text, terminal.cwd))
      },
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(120, terminal.columns),
    })
    .exitOverride()
    .addHelpText('after', '\nStart here:\n  millrace start                            the window, on a sample project\n  millrace demo                             the same in the terminal, from raw file to predictions\n  millrace help run                         help of one command\n')
  const handle = <A extends unknown[]>(handler: Handler<A>) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1) as Command
      const context = createContext(command.optsWithGlobals(), terminal, interrupt)
      await handler(context, ...(given.slice(0, -1) as A))
    }
  for (const add of commands) add(program, handle)
  return program
}

/** A mistake on the command line in the shape of every other error. */
function usageError(error: CommanderError, program: Command, args: readonly string[]): MillraceError {
  // The parser prints help in place of a message where a command or its name is missing.
  const asked = args.filter((word) => !word.startsWith('-'))
  const help = `See "millrace help${asked[0] !== undefined && program.commands.some((command) => command.name() === asked[0]) ? ` ${asked[0]}` : ''}".`
  if (error.code === 'commander.help') {
    const unknown = asked[0] === 'help' ? asked[1] : undefined
    return new MillraceError({ code: 'usage', headline: unknown === undefined ? 'No command was given' : `Unknown command '${unknown}'`, nextStep: 'See "millrace help".' })
  }
  const [first = '', ...hints] = error.message.replace(/^error: /, '').split('\n')
  const headline = first.charAt(0).toUpperCase() + first.slice(1)
  const hint = hints.join(' ').replace(/^\((.*)\)$/, '$1').trim()
  return new MillraceError({ code: 'usage', headline, nextStep: hint === '' ? help : `${hint} ${help}` })
}

/** Exit code by what went wrong: 2 for how the command was typed, 130 where the user stopped it, else 1. */
function exitCodeOf(error: ErrorData): number {
  if (error.code === 'usage') return usageExitCode
  return error.code === 'cancelled' ? cancelledExitCode : 1
}

/** Runs one command and returns its exit code: 0, 1 failed, 2 usage, 130 cancelled. Never throws for what users can do wrong. */
export async function runCli(args: readonly string[], terminal: Terminal, interrupt: Interrupt): Promise<number> {
  const program = buildProgram(terminal, interrupt)
  const json = args.includes('--json')
  try {
    if (args.length === 0) {
      program.outputHelp()
      return 0
    }
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
    const hint = (text: string): string => asTyped(text, terminal.cwd, program.opts<{ project?: string }>().project)
    const error = toErrorData(thrown instanceof CommanderError ? usageError(thrown, program, args) : systemError(thrown))
    if (json) terminal.out(formatJson({ error: publicError(error, terminal.debug, hint) }))
    else terminal.err(formatError(error, createPaint(terminal.colour), terminal.debug, hint))
    return exitCodeOf(error)
  }
}
