import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** The launcher that users start. */
export const launcher = join(import.meta.dirname, '..', '..', '..', 'bin', 'millrace.js')

/** How a command ended and what it printed. */
export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string }

/** A command under way. */
export type Running = { readonly child: ChildProcess; readonly out: () => string; readonly err: () => string; readonly done: Promise<Outcome> }

/** Starts a command in a process of its own, on the Node of the tests. */
export function start(args: readonly string[], options: { readonly cwd: string; readonly node?: string; readonly environment?: NodeJS.ProcessEnv }): Running {
  const env = { ...(options.environment ?? process.env), NO_COLOR: '1' }
  const child = spawn(options.node ?? process.execPath, [launcher, ...args], { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const done = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      // A process that a signal ended has the exit code that shells give it.
      resolve({ code: signal === null || signal === 'SIGKILL' ? code : 128 + constants.signals[signal], out, err })
    })
  })
  return { child, out: () => out, err: () => err, done }
}

/** Runs a command to its end. */
export function millrace(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  return start(args, { cwd }).done
}

/** Runs a command that must succeed with `--json`, and checks its output. */
export async function ask<T>(schema: z.ZodType<T>, cwd: string, ...args: readonly string[]): Promise<T> {
  const { code, out, err } = await millrace(cwd, ...args, '--json')
  if (code !== 0) throw new Error(`${args.join(' ')} exited ${String(code)}: ${out}${err}`)
  if (err !== '') throw new Error(`${args.join(' ')} is not quiet under --json: ${err}`)
  return schema.parse(JSON.parse(out))
}

const errorSchema = z.strictObject({
  json: z.literal(1),
  error: z.strictObject({
    code: z.string(),
    headline: z.string().min(1),
    message: z.string().min(1),
    nextStep: z.string().min(1),
    details: z.record(z.string(), z.unknown()),
  }),
})

/** A failure as `--json` reports it, with its exit code. */
export type Failure = z.infer<typeof errorSchema>['error'] & { readonly exitCode: number | null }

/** Runs a command that must fail, and returns its error. A stack trace anywhere is itself an error. */
export async function refused(cwd: string, ...args: readonly string[]): Promise<Failure> {
  const { code, out, err } = await millrace(cwd, ...args, '--json')
  if (code === 0) throw new Error(`${args.join(' ')} succeeded: ${out}`)
  if (/\n\s+at .+:\d+/.test(out + err) || out.includes('"stack"')) throw new Error(`${args.join(' ')} shows a stack trace: ${out}${err}`)
  return { ...errorSchema.parse(JSON.parse(out)).error, exitCode: code }
}

/** A fresh folder with a space, quotes and letters beyond ASCII in its name; `remove` it afterwards. */
export async function awkwardFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const base = await mkdtemp(join(tmpdir(), 'millrace-e2e-'))
  return { path: join(base, "Zoë's Projekte 数据"), remove: () => rm(base, { recursive: true, force: true }) }
}
