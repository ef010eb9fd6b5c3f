import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const built = existsSync(join(root, 'out/main/index.js'))

function runNode(given: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, given, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(stderr, { cause: error }))
    })
  })
}

test.skipIf(!built)('a sandboxed preload requires nothing but Electron itself (skipped before "npm run build")', () => {
  const preload = readFileSync(join(root, 'out/preload/index.cjs'), 'utf8')
  expect(preload.match(/require\(.*?\)/g)).toEqual([expect.stringMatching(/^require\(.electron.\)$/)])
})

/** What the built command line prints. */
function runBuilt(...given: readonly string[]): Promise<string> {
  const main = pathToFileURL(join(root, 'out/main/hosts/cli/main.js')).href
  return runNode(['--input-type=module', '-e', `process.argv = ${JSON.stringify(['node', 'millrace', ...given])}; const { main } = await import(${JSON.stringify(main)}); await main()`])
}

test.skipIf(!built)('the built command line starts (skipped before "npm run build")', async () => {
  expect((await runBuilt('--version')).trim()).toMatch(/^\d+\.\d+\.\d+$/)
})

test.skipIf(!built)('the built tree holds every step kind, and what they are made of can be loaded (skipped before "npm run build")', async () => {
  const said = await runBuilt('steps', '--json')
  for (const kind of ['ingest/file', 'train/model', 'deploy/local']) expect(said).toContain(`"${kind}"`)
})
