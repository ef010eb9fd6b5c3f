import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BackendId } from '../../../../src/main/compute/backend.ts'
import { lastDriverCrash } from '../../../../src/main/compute/backends/driver-use.ts'
import type { BackendCheck } from '../../../../src/main/pipeline/backend/check.ts'
import { createCheckRecord } from '../../../../src/main/pipeline/backend/check-record.ts'
import { freshChecks, knownChecks, type CheckBackend } from '../../../../src/main/pipeline/backend/known-checks.ts'
import { tryBackend } from '../../../../src/main/pipeline/backend/try-backend.ts'

const source = (path: string): URL => new URL(path, import.meta.url)
/** Whether there is such a process; one that nobody has asked for its end yet has ended all the same. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
const before = { ...process.env }
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-checks-'))
  process.env['MILLRACE_CONFIG'] = folder
})
afterEach(async () => {
  process.env = { ...before }
  await rm(folder, { recursive: true, force: true })
})

describe('a driver', () => {
  it('that crashes takes only its own process with it', async () => {
    const check = await tryBackend('webgpu', { entry: source('drivers/crashes.ts') })
    expect(check).toMatchObject({ outcome: 'failed', trains: [], found: expect.stringContaining('SIGSEGV') as string, nextStep: expect.stringContaining('devices --self-test') as string })
  })

  it('that hangs is given up', async () => {
    const check = await tryBackend('webgpu', { entry: source('drivers/hangs.ts'), patienceMilliseconds: 1500 })
    expect(check).toMatchObject({ outcome: 'failed', found: 'Its driver did not answer within 1.5 seconds.' })
  })

  it('that hangs goes with the process that tried it', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(source('drivers/tries-one-that-hangs.ts'))], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [said] = (await once(parent.stdout, 'data')) as [Buffer]
    const child = Number(String(said))
    expect(isRunning(child)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(isRunning(child)).toBe(false), 30_000)
    expect(lastDriverCrash('webgpu')).toBeUndefined()
  })

  it('that computes wrongly fails, whatever else it computes rightly', async () => {
    const check = await tryBackend('webgpu', { entry: source('drivers/lies.ts') })
    expect(check).toMatchObject({ outcome: 'failed', found: expect.stringContaining('cannot train convolutions (filter differs') as string })
  })
})

it('passes the plain backend, on a thread of its own', async () => {
  expect(await tryBackend('cpu')).toMatchObject({ outcome: 'passed', trains: ['dense', 'embedding', 'convolution', 'recurrence'], nextStep: '' })
})

describe('what was found', () => {
  const result = (found: string): BackendCheck => ({ outcome: 'passed', device: null, trains: ['dense'], found, nextStep: '', at: 5 })
  const counting = (): CheckBackend & { readonly tried: BackendId[] } => {
    const tried: BackendId[] = []
    return Object.assign((id: BackendId) => (tried.push(id), Promise.resolve(result(`attempt ${String(tried.length)}`))), { tried })
  }

  it('is remembered with the drivers it was found with, and found anew when asked', async () => {
    const attempt = counting()
    const record = createCheckRecord(folder)
    expect((await knownChecks(record, attempt)('webgpu')).found).toBe('attempt 1')
    expect((await knownChecks(record, attempt)('webgpu')).found).toBe('attempt 1')
    process.env['VK_ICD_FILENAMES'] = '/another/driver.json'
    expect((await knownChecks(record, attempt)('webgpu')).found).toBe('attempt 2')
    expect((await freshChecks(record, attempt)('webgpu')).found).toBe('attempt 3')
    expect((await knownChecks(record, attempt)('webgpu')).found).toBe('attempt 3')
    expect(attempt.tried).toHaveLength(3)
  })

  it('is that a driver brought a process down: it is left alone until it is tried again on purpose', async () => {
    const mark = source('../../../../src/main/compute/backends/driver-use.ts').href
    const script = `const { markDriverUse } = await import(${JSON.stringify(mark)}); markDriverUse('webgpu'); process.kill(process.pid, 'SIGKILL')`
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal).toBe('SIGKILL')
    const attempt = counting()
    const record = createCheckRecord(folder)
    for (let run = 0; run < 2; run++) {
      expect(await knownChecks(record, attempt)('webgpu')).toMatchObject({ outcome: 'failed', found: expect.stringContaining('Millrace died while it computed with it') as string })
    }
    expect(attempt.tried).toEqual([])
    expect((await freshChecks(record, attempt)('webgpu')).outcome).toBe('passed')
    expect((await knownChecks(record, attempt)('webgpu')).outcome).toBe('passed')
    expect(lastDriverCrash('webgpu')).toBeUndefined()
  })
})
