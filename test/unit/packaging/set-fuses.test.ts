import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { afterPack, executableOf, fuses, type Packed } from '../../../scripts/set-fuses.ts'

const root = join(import.meta.dirname, '../../..')

/** Marks the fuses in Electron's executable. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A file with the fuses of an Electron as it comes, in the middle of other bytes. */
function freshElectron(): Packed {
  const appOutDir = mkdtempSync(join(tmpdir(), 'millrace-fuses-'))
  const packed: Packed = { appOutDir, electronPlatformName: 'linux', packager: { appInfo: { productFilename: 'Millrace' }, executableName: 'millrace' } }
  const wire = Buffer.from('101100011')
  writeFileSync(executableOf(packed), Buffer.concat([Buffer.alloc(5000, 7), Buffer.from(SENTINEL), Buffer.from([1, wire.length]), wire, Buffer.alloc(5000, 9)]))
  return packed
}

test('the fuses are burnt into the executable as they are decided', async () => {
  const packed = freshElectron()
  await afterPack(packed)
  const wire = await getCurrentFuseWire(executableOf(packed))
  const states = Object.values(FuseV1Options).filter((option): option is FuseV1Options => typeof option === 'number')
  expect(states.length).toBe(9)
  for (const option of states) expect(wire[option], FuseV1Options[option]).toBe(fuses[option] ? FuseState.ENABLE : FuseState.DISABLE)
})

test('what would turn the application into something else is off, what guards its code is on', () => {
  for (const option of [FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments, FuseV1Options.GrantFileProtocolExtraPrivileges] as const) {
    expect(fuses[option]).toBe(false)
  }
  for (const option of [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.EnableCookieEncryption] as const) expect(fuses[option]).toBe(true)
})

test.each([
  ['linux', 'millrace'],
  ['win32', 'Millrace.exe'],
  ['darwin', 'Millrace.app'],
])('on %s the executable is %s', (electronPlatformName, name) => {
  expect(executableOf({ appOutDir: '/out', electronPlatformName, packager: { appInfo: { productFilename: 'Millrace' }, executableName: 'millrace' } })).toBe(join('/out', name))
})

test('the package is made with them, of the built tree, and looks for no updates', () => {
  const configuration = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>
  expect(configuration).toMatchObject({ afterPack: 'scripts/set-fuses.ts', asar: true, npmRebuild: false, publish: null })
  expect(configuration['files']).toContain('out/**')
  expect(configuration['asarUnpack']).toContain('**/*.node')
})
