import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { appRoot } from '../../base/app-root.ts'

/** What the page is made of, relative to the checkout. */
const pageSources: readonly string[] = ['src/renderer', 'src/shared', 'electron.vite.config.ts', 'package-lock.json']

/** What the desktop window is made of. */
const desktopSources: readonly string[] = [...pageSources, 'src/main', 'src/preload']

/** Tells people what is going on while the window is built. */
export type Say = (text: string) => void

/** The folder of the built page. In a checkout it is built first where it is missing or older than its sources. */
export async function builtPage(say: Say, root: string = appRoot): Promise<string> {
  const folder = join(root, 'out', 'renderer')
  await buildWhereOld({ root, say, products: [join(folder, 'index.html')], sources: pageSources }, async (builder) => {
    const fresh = join(root, 'out', `renderer-${String(process.pid)}`)
    try {
      await runBuilder(builder, root, { MILLRACE_PAGE_FOLDER: fresh })
      await rm(folder, { recursive: true, force: true })
      await rename(fresh, folder)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  })
  return folder
}

/** The file that Electron starts the desktop window from; built first like the page. */
export async function builtDesktop(say: Say, root: string = appRoot): Promise<string> {
  const entry = join(root, 'out', 'main', 'index.js')
  const products = [entry, join(root, 'out', 'preload', 'index.cjs'), join(root, 'out', 'renderer', 'index.html')]
  await buildWhereOld({ root, say, products, sources: desktopSources }, (builder) => runBuilder(builder, root, {}))
  return entry
}

type Wanted = { readonly root: string; readonly say: Say; readonly products: readonly string[]; readonly sources: readonly string[] }

async function buildWhereOld({ root, say, products, sources }: Wanted, build: (builder: string) => Promise<void>): Promise<void> {
  const times = await Promise.all(products.map(timeOf))
  const built = times.every((time) => time !== undefined)
  const config = join(root, 'electron.vite.config.ts')
  if (built && !existsSync(config)) return
  const newest = Math.max(...(await Promise.all(sources.map((source) => newestTime(join(root, source))))))
  if (built && times.every((time) => time >= newest)) return
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(config) || !existsSync(builder)) throw notBuilt(`${products.join(', ')}: not all of it is there.`)
  const start = performance.now()
  say(built ? 'The sources of the window changed: building it … ' : 'Building the window, once … ')
  try {
    await build(builder)
  } catch (error) {
    say('\n')
    throw error
  }
  say(`done in ${((performance.now() - start) / 1000).toFixed(1)} s.\n`)
}

async function runBuilder(builder: string, root: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
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
