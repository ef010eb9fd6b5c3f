import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const entry = join(root, 'out/main/index.js')
const saidSchema = z.object({ preload: z.string(), page: z.object({ url: z.string(), status: z.number(), text: z.string(), policy: z.string() }) })

function runNode(given: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, given, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(stderr, { cause: error }))
    })
  })
}

test.skipIf(!existsSync(entry))('the built entry opens the built page with the built preload (skipped before "npm run build")', async () => {
  const hook = new URL('register-double.ts', import.meta.url).href
  const said = saidSchema.parse(JSON.parse(await runNode(['--import', hook, entry])))
  expect(said.page).toMatchObject({ url: 'app://millrace/index.html', status: 200 })
  expect(said.page.text).toBe(readFileSync(join(root, 'out/renderer/index.html'), 'utf8'))
  expect(said.page.policy).toContain("script-src 'self'")
  const preload = readFileSync(said.preload, 'utf8')
  expect(preload).toContain('require("electron")')
  // A sandboxed preload may require nothing but Electron itself.
  expect(preload.match(/require\(/g)).toHaveLength(1)
})

test.skipIf(!existsSync(entry))('the built command line starts (skipped before "npm run build")', async () => {
  const main = pathToFileURL(join(root, 'out/main/hosts/cli/main.js')).href
  const code = `process.argv = ['node', 'millrace', '--version']; const { main } = await import(${JSON.stringify(main)}); await main()`
  expect((await runNode(['--input-type=module', '-e', code])).trim()).toMatch(/^\d+\.\d+\.\d+$/)
})
