import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import type { DesktopApp, DesktopOptions, Told } from '../desktop.ts'
import type { Wish } from './control.ts'

/** Hook that puts the stand-in in the place of `electron`. */
export const register = fileURLToPath(new URL('register.ts', import.meta.url))

/** Starts the built entry on plain Node; its windows are pages of a Chromium that this process looks into by the debugging port. */
export async function launchStandIn(entry: string, { given, environment }: DesktopOptions): Promise<DesktopApp> {
  const port = await freePort()
  const child = fork(entry, given, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...standInEnvironment(port), ...environment },
  })
  return follow(child, port)
}

/** What tells the stand-in where its system's files lie, and the port by which a spec looks in. */
export function standInEnvironment(port: number): Record<string, string> {
  return { MILLRACE_STAND_IN_FOLDER: mkdtempSync(join(tmpdir(), 'millrace-stand-in-')), MILLRACE_STAND_IN_PORT: String(port) }
}

/** The application in a process of the stand-in, whose channel is open to the spec. */
export async function follow(child: ChildProcess, port: number): Promise<DesktopApp> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve()
    })
  })
  const asked = new Map<number, (answer: unknown) => void>()
  child.on('message', (message) => {
    const { id, answer } = message as { readonly id: number; readonly answer: unknown }
    asked.get(id)?.(answer)
    asked.delete(id)
  })
  let questions = 0
  const ask = (wish: Wish): Promise<unknown> =>
    new Promise((resolve) => {
      questions += 1
      asked.set(questions, resolve)
      child.send({ id: questions, wish })
    })
  const problem = (): string | undefined => (child.exitCode === null ? undefined : `The application ended: ${said}`)
  const { browser, page } = await lookInto(port, problem)
  await (await page()).waitForLoadState()
  return {
    kind: 'stand-in',
    origin: new URL((await page()).url()).origin,
    page,
    answer: async (answer) => void (await ask({ kind: 'answer', answer })),
    click: async (...labels) => (await ask({ kind: 'click', labels: [...labels] })) === true,
    crash: async () => void (await ask({ kind: 'crash' })),
    quit: async () => void (await ask({ kind: 'quit' })),
    told: async () => (await ask({ kind: 'told' })) as Told,
    ended,
    async close() {
      // It may be asked whether running work shall stop.
      await ask({ kind: 'answer', answer: { response: 1 } })
      child.kill('SIGTERM')
      await ended
      await browser.close().catch(() => undefined)
    },
  }
}

/** The Chromium of a stand-in by its debugging port, and the page in its window; throws the problem where there is one. */
export async function lookInto(port: number, problem: () => string | undefined): Promise<{ readonly browser: Browser; page(): Promise<Page> }> {
  const browser = await connected(port, problem)
  return {
    browser,
    async page() {
      for (;;) {
        const found = browser.contexts()[0]?.pages().findLast((one) => one.url().startsWith('https://'))
        if (found !== undefined) return found
        const told = problem()
        if (told !== undefined) throw new Error(told)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
}

async function connected(port: number, problem: () => string | undefined): Promise<Browser> {
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`)
    } catch (error) {
      const told = problem()
      if (told !== undefined) throw new Error(told, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
