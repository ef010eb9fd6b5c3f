import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')
const kept = join(root, 'out', 'e2e', 'sample')

/** The last change of what makes the sample project, as text: an older sample is made anew. */
function versionOfSources(): string {
  const times = ['src/main', 'resources'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
  return String(Math.max(...times))
}

/** Makes the sample project and runs its pipeline once, so that every screen has something to show; kept for all specs. */
async function makeSample(version: string): Promise<void> {
  const fresh = `${kept}-${String(process.pid)}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(join(root, 'out', 'e2e'), { recursive: true })
  const millrace = (...given: string[]): Promise<unknown> => promisify(execFile)(process.execPath, [join(root, 'bin/millrace.js'), ...given], { cwd: root, maxBuffer: 1e8 })
  await millrace('init', fresh, '--template', 'churn')
  await millrace('run', join(fresh, 'churn.yaml'))
  writeFileSync(join(fresh, '.version'), version)
  rmSync(kept, { recursive: true, force: true })
  renameSync(fresh, kept)
}

/** Makes the sample project where there is none of these sources; once before all specs, which then copy it at the same time. */
export async function keepSample(): Promise<void> {
  const version = versionOfSources()
  const stamp = join(kept, '.version')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) await makeSample(version)
}

/** A copy of a sample project whose pipeline ran once, in a folder of its own. */
export async function sampleProject(): Promise<string> {
  await keepSample()
  const folder = join(mkdtempSync(join(tmpdir(), 'millrace-window-')), 'millrace-sample')
  cpSync(kept, folder, { recursive: true })
  rmSync(join(folder, '.version'))
  return folder
}
