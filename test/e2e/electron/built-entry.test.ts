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

test.skipIf(!built)('the built command line starts (skipped before "npm run build")', async () => {
  const main = pathToFileURL(join(root, 'out/main/hosts/cli/main.js')).href
  const code = `process.argv = ['node', 'millrace', '--version']; const { main } = await import(${JSON.stringify(main)}); await main()`
  expect((await runNode(['--input-type=module', '-e', code])).trim()).toMatch(/^\d+\.\d+\.\d+$/)
})
