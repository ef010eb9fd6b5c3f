import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appRoot } from '../../base/app-root.ts'
import { builtDesktop } from '../page/built-window.ts'
import { hasDisplay } from '../page/display.ts'
import type { CliContext } from './context.ts'

/** Electron's runtime, or why there is no desktop window, as the beginning of a sentence. */
export type Desktop = { readonly executable: string } | { readonly lacks: string }

/** Where the runtime lies once it was fetched, by platform, in the package's `dist`. */
const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, string>>> = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/** A window that ends so soon after its start, in milliseconds, and not well, never came up. */
const startMilliseconds = 15_000

/**
 * What a desktop window needs on this machine. The package `electron` itself is never asked: loading it outside Electron fetches
 * the runtime from the network.
 */
export function findDesktop(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, root: string = appRoot): Desktop {
  if (!hasDisplay(environment, platform)) return { lacks: 'There is no display here' }
  const folder = join(root, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  const place = existsSync(note) ? readFileSync(note, 'utf8').trim() : (usualPlaces[platform] ?? 'electron')
  const executable = join(environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), place)
  return existsSync(executable) ? { executable } : { lacks: 'Electron’s runtime is not on this machine ("npx install-electron" fetches it)' }
}

/** Runs the desktop window until it is closed; false where it did not come up. */
export async function runDesktop(context: CliContext, executable: string, given: readonly string[]): Promise<boolean> {
  await builtDesktop(context.remark)
  const started = performance.now()
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const child = spawn(executable, [appRoot, ...given], { cwd: context.terminal.cwd, stdio: ['ignore', 'inherit', 'inherit'], env: environment })
  const signal = context.abortFlag()
  const poll = setInterval(() => {
    if (!signal.aborted) return
    // Once: the window may ask about running work, and be told to go on.
    clearInterval(poll)
    child.kill('SIGTERM')
  }, 100)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => {
      resolve(1)
    })
    child.on('exit', resolve)
  })
  clearInterval(poll)
  return code === 0 || signal.aborted || performance.now() - started > startMilliseconds
}
