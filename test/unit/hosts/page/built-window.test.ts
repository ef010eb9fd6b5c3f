import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { builtDesktop, builtPage } from '../../../../src/main/hosts/page/built-window.ts'

const builder = `
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
const page = process.env.MILLRACE_PAGE_FOLDER
const files = page === undefined ? ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'] : [page + '/index.html']
for (const file of files) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, 'built')
}
`
const broken = `console.error('src/renderer/app.tsx: Unexpected token'); process.exitCode = 1`

/** A checkout with sources and a builder that writes what the real one would. */
function checkout(script: string = builder): string {
  const root = mkdtempSync(join(tmpdir(), 'millrace-checkout-'))
  write(root, 'package.json', '{ "type": "module" }')
  write(root, 'electron.vite.config.ts', '')
  write(root, 'src/renderer/app/app.tsx', '')
  write(root, 'src/main/index.ts', '')
  write(root, 'node_modules/electron-vite/bin/electron-vite.js', script)
  write(root, 'node_modules/electron-vite/package.json', '{ "type": "module" }')
  return root
}

function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

/** Makes a file look changed later than everything else. */
function touch(root: string, path: string): void {
  const later = Date.now() / 1000 + 60
  utimesSync(join(root, path), later, later)
}

test('a page that is missing or older than its sources is built, and says so; otherwise nothing is', async () => {
  const root = checkout()
  const said: string[] = []
  const say = (text: string): void => void said.push(text)
  expect(await builtPage(say, root)).toBe(join(root, 'out', 'renderer'))
  expect(said.join('')).toMatch(/^Building the window, once … done in \d+\.\d s\.\n$/)
  expect(readdirSync(join(root, 'out'))).toEqual(['renderer'])

  said.length = 0
  await builtPage(say, root)
  expect(said).toEqual([])

  touch(root, 'src/renderer/app/app.tsx')
  await builtPage(say, root)
  expect(said.join('')).toContain('The sources of the window changed: building it … done')
})

test('the desktop window is built as a whole, and when the main process changed', async () => {
  const root = checkout()
  const said: string[] = []
  const say = (text: string): void => void said.push(text)
  expect(await builtDesktop(say, root)).toBe(join(root, 'out', 'main', 'index.js'))
  expect(existsSync(join(root, 'out/preload/index.cjs'))).toBe(true)
  said.length = 0
  await builtDesktop(say, root)
  await builtPage(say, root)
  expect(said).toEqual([])
  touch(root, 'src/main/index.ts')
  await builtDesktop(say, root)
  expect(said.join('')).toContain('The sources of the window changed')
})

test('a build that fails says why, and leaves the page as it was', async () => {
  const root = checkout(broken)
  write(root, 'out/renderer/index.html', 'the page before')
  touch(root, 'src/renderer/app/app.tsx')
  await expect(builtPage(() => undefined, root)).rejects.toMatchObject({ data: { code: 'unsupported', headline: 'The window could not be built', message: expect.stringContaining('Unexpected token') } })
  expect(readFileSync(join(root, 'out/renderer/index.html'), 'utf8')).toBe('the page before')
  expect(readdirSync(join(root, 'out'))).toEqual(['renderer'])
})

test('without the tools a page that is there is taken as it is, and one that is not is an error with what to do', async () => {
  const root = checkout()
  rmSync(join(root, 'electron.vite.config.ts'))
  await expect(builtPage(() => undefined, root)).rejects.toMatchObject({ data: { headline: 'The window could not be built', nextStep: expect.stringContaining('npm run build') } })
  write(root, 'out/renderer/index.html', 'the page')
  touch(root, 'src/renderer/app/app.tsx')
  expect(await builtPage(() => undefined, root)).toBe(join(root, 'out', 'renderer'))
})
