import type { Command } from 'commander'
import { closest } from 'fastest-levenshtein'
import type { CliContext } from './context.ts'

/** What a command does: its context, then its arguments, then its options. Throws MillraceError where it fails. */
export type Handler<A extends unknown[]> = (context: CliContext, ...args: A) => void | Promise<void>

/** Makes a handler of what the command-line parser calls. */
export type Handle = <A extends unknown[]>(handler: Handler<A>) => (...given: unknown[]) => Promise<void>

/** Adds one command to the program. Files that only the command's work needs are imported by its handler, so that others start quickly. */
export type AddCommand = (program: Command, handle: Handle) => void

/** Refuses words after a group of commands (`runs`, `models`) that name none of them, with the nearest that exists. */
export function refuseUnknownSubcommand(group: Command): void {
  const given = group.args[0]
  if (given === undefined) return
  const names = group.commands.map((command) => command.name())
  const hint = names.length === 0 ? '' : `\n(Did you mean ${closest(given, names)}?)`
  group.error(`error: unknown command '${group.name()} ${given}'${hint}`)
}
