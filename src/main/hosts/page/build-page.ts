import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { appRoot } from '../../base/app-root.ts'

/** What the page is made of, relative to the checkout. */
const sources: readonly string[] = ['src/renderer', 'src/shared', 'electron.vite.config.ts', 'package-lock.json']

/** Tells people what is going on while the page is built. */
export type Say = (text: string) => void

/** The folder of the built page. In a checkout it is built first where it is missing or older than its sources. */
export async function builtPage(say: Say, root: string = appRoot): Promise<string> {
  const folder = join(root, 'out', 'renderer')
  const built = await timeOf(join(folder, 'index.html'))
  const config = join(root, 'electron.vite.config.ts')
  if (built !== undefined && !existsSync(config)) return folder
  const newest = Math.max(...(await Promise.all(sources.map((source) => newestTime(join(root, source))))))
  if (built !== undefined && built >= newest) return folder
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(config) || !existsSync(builder)) throw notBuilt(`${folder} is missing.`)
  const start = performance.now()
  say(`${built === undefined ? 'Building the window, once' : 'The sources of the window changed: building it'} … `)
  const fresh = join(root, 'out', `renderer-${String(process.pid)}`)
  try {
    await runBuilder(builder, root, fresh)
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  } catch (error) {
    say('\n')
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
  say(`done in ${((performance.now() - start) / 1000).toFixed(1)} s.\n`)
  return folder
}

async function runBuilder(builder: string, root: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, MILLRACE_PAGE_FOLDER: folder }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw notBuilt(said.trim())
}

/** The last time, in milliseconds, at which a file or anything in a folder changed. */
async function newestTime(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => [])
  const files = entries.length === 0 ? [path] : entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Math.max(0, ...(await Promise.all(files.map(timeOf))).map((time) => time ?? 0))
}

async function timeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs
}

function notBuilt(message: string): MillraceError {
  return new MillraceError({ code: 'unsupported', headline: 'The window could not be built', message, nextStep: 'Run "npm ci" and then "npm run build" in the folder of Millrace.' })
}
