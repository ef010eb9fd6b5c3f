import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const saidSchema = z.object({ address: z.string(), port: z.number() })

/** `millrace ui` as users start it, in a process of its own. */
export type WebHost = {
  /** e.g. `http://127.0.0.1:40123` */
  readonly origin: string
  readonly port: number
  /** Of its process. */
  readonly pid: number
  readonly project: string | undefined
  /** Home folder of its user: settings, recent projects and uploads. */
  readonly home: string
  /** A new address that works once. */
  address(): Promise<string>
  /** What it said on standard error so far. */
  said(): string
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
}

/** How a web host is started. */
type HostOptions = {
  readonly project?: string
  /** With `home`, lets it come back where another one was. */
  readonly port?: number
  readonly home?: string
  /** Number of the user that it runs as; the own one where it is absent. */
  readonly user?: number | undefined
  /** For Node itself, before the program. */
  readonly nodeArguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts the web host. */
export async function startWebHost({ project, port, home = mkdtempSync(join(tmpdir(), 'millrace-home-')), user, nodeArguments = [], environment = {} }: HostOptions): Promise<WebHost> {
  const given = ['ui', '--no-open', '--json', ...(project === undefined ? [] : ['--project', project]), ...(port === undefined ? [] : ['--port', String(port)])]
  mkdirSync(home, { recursive: true })
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeArguments, join(root, 'bin/millrace.js'), ...given], {
    cwd: home,
    ...(user === undefined ? {} : { uid: user, gid: user }),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, MILLRACE_CONFIG: join(home, 'config'), ...environment },
  })
  let errors = ''
  let text = ''
  let answer: ((said: z.infer<typeof saidSchema>) => void) | undefined
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece
  })
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    if (!text.endsWith('}\n')) return
    answer?.(saidSchema.parse(JSON.parse(text)))
    text = ''
  })
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve()
    })
  })
  const nextAddress = (): Promise<z.infer<typeof saidSchema>> =>
    new Promise((resolve, reject) => {
      const ended = (): void => {
        reject(new Error(`The web host ended: ${text}${errors}`))
      }
      child.once('exit', ended)
      answer = (said) => {
        child.off('exit', ended)
        resolve(said)
      }
    })
  const first = await nextAddress()
  let spare: string | undefined = first.address
  return {
    origin: `http://127.0.0.1:${String(first.port)}`,
    port: first.port,
    pid: child.pid ?? 0,
    project,
    home,
    async address() {
      const unused = spare
      spare = undefined
      if (unused !== undefined) return unused
      const next = nextAddress()
      child.stdin.write('\n')
      return (await next).address
    },
    said: () => errors,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
