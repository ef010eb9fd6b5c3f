import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetDriverCrashes, forgetOwnDriverUses, lastDriverCrash, markDriverUse } from '../../../../src/main/compute/backends/driver-use.ts'

const module = new URL('../../../../src/main/compute/backends/driver-use.ts', import.meta.url)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-drivers-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A process that a driver brings down while it is in use. */
function dieWithDriver(id: string): void {
  const script = `const { markDriverUse } = await import(${JSON.stringify(module.href)}); markDriverUse(${JSON.stringify(id)}, ${JSON.stringify(folder)}); process.kill(process.pid, 'SIGKILL')`
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal).toBe('SIGKILL')
}

it('tells no crash of a driver that is in use, or was used to the end', () => {
  const done = markDriverUse('webgpu', folder)
  expect(lastDriverCrash('webgpu', folder)).toBeUndefined()
  done()
  expect(lastDriverCrash('webgpu', folder)).toBeUndefined()
})

it('tells when a process died while it used a driver, until that is forgotten', () => {
  const before = Date.now()
  dieWithDriver('webgpu')
  expect(lastDriverCrash('webgpu', folder)).toBeGreaterThanOrEqual(before)
  expect(lastDriverCrash('tensorflow', folder)).toBeUndefined()
  forgetDriverCrashes('webgpu', folder)
  expect(lastDriverCrash('webgpu', folder)).toBeUndefined()
})

it('takes away the notes of its own process, and of no other', async () => {
  markDriverUse('webgpu', folder)
  dieWithDriver('tensorflow')
  forgetOwnDriverUses(folder)
  expect((await readdir(join(folder, 'drivers-in-use'))).map((name) => name.split('.')[0])).toEqual(['tensorflow'])
})

it('tells no crash of a process that ends in order before it has finished', () => {
  const script = [
    `const { forgetOwnDriverUsesAtExit, markDriverUse } = await import(${JSON.stringify(module.href)})`,
    'forgetOwnDriverUsesAtExit()',
    "markDriverUse('webgpu')",
    'process.exit(0)',
  ].join('\n')
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, MILLRACE_CONFIG: folder } }).status).toBe(0)
  expect(lastDriverCrash('webgpu', folder)).toBeUndefined()
})

it('takes a note that was cut off for none', async () => {
  markDriverUse('webgpu', folder)()
  await writeFile(join(folder, 'drivers-in-use', 'webgpu.abc.json'), '{"process":')
  expect(lastDriverCrash('webgpu', folder)).toBeUndefined()
})
