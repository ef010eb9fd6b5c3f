import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { launcher } from '../../cli/command-line.ts'
import { freePort, lookInto, register, standInEnvironment } from './launch.ts'

/** The desktop window that `npm start` opened. */
export type Started = {
  page(): Promise<Page>
  /** Ends it as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null>
}

/** Starts the command as users type it in `folder`, with the stand-in where it looks for Electron's runtime. */
export async function startDesktop(folder: string): Promise<Started> {
  const runtime = mkdtempSync(join(tmpdir(), 'millrace-runtime-'))
  const executable = join(runtime, 'electron')
  writeFileSync(executable, `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning --import '${register}' "$1/out/main/index.js" "$@"\n`)
  chmodSync(executable, 0o755)
  const port = await freePort()
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...standInEnvironment(port),
      DISPLAY: ':0',
      ELECTRON_OVERRIDE_DIST_PATH: runtime,
      HOME: folder,
      MILLRACE_CONFIG: join(folder, 'config'),
      MILLRACE_STAND_IN_ANSWERS: JSON.stringify([{ response: 1 }]),
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve)
  })
  const { browser, page } = await lookInto(port, () => (child.exitCode === null ? undefined : `It ended: ${said}`))
  return {
    page,
    async stop() {
      child.kill('SIGINT')
      const code = await ended
      await browser.close().catch(() => undefined)
      return code
    },
  }
}
