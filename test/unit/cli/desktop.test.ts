import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findDesktop } from '../../../src/main/hosts/cli/desktop.ts'
import { hasDisplay } from '../../../src/main/hosts/page/display.ts'

/** A checkout whose Electron has these files. */
function checkoutWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'millrace-desktop-'))
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, 'node_modules', 'electron', path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, content)
  }
  return root
}

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
  ['darwin', { SSH_CONNECTION: '10.0.0.2 51000 10.0.0.1 22' }, false],
])('a display on %s with %o: %s', (platform, environment, has) => {
  expect(hasDisplay(environment, platform)).toBe(has)
})

test('the runtime is found where it was fetched to, or where the environment says', () => {
  const fetched = checkoutWith({ 'path.txt': 'electron', 'dist/electron': '' })
  expect(findDesktop({ DISPLAY: ':0' }, 'linux', fetched)).toEqual({ executable: join(fetched, 'node_modules/electron/dist/electron') })
  const elsewhere = mkdtempSync(join(tmpdir(), 'millrace-electron-'))
  writeFileSync(join(elsewhere, 'electron'), '')
  expect(findDesktop({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: elsewhere }, 'linux', checkoutWith({}))).toEqual({ executable: join(elsewhere, 'electron') })
})

test('says in words what is lacking', () => {
  const fetched = checkoutWith({ 'path.txt': 'electron', 'dist/electron': '' })
  expect(findDesktop({}, 'linux', fetched)).toEqual({ lacks: 'There is no display here' })
  const halfWay = checkoutWith({ 'path.txt': 'electron' })
  for (const root of [halfWay, checkoutWith({})]) expect(findDesktop({ DISPLAY: ':0' }, 'linux', root)).toEqual({ lacks: expect.stringContaining('Electron’s runtime is not on this machine') })
})
