import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openProject } from '../../../src/main/store/project.ts'
import { temporaryProject } from './temporary-project.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(async () => {
  await place.dispose()
})

/** Another process that takes the lock for a new run and then waits to be killed. */
async function startHolder(): Promise<{ pid: number; kill(): Promise<void> }> {
  const script = `
    import { openProject } from ${JSON.stringify(new URL('../../../src/main/store/project.ts', import.meta.url).href)}
    const project = await openProject(${JSON.stringify(place.project.path)})
    const lock = project.lock.acquire()
    lock.assign(project.runs.start({ pipeline: 'other', pipelineFile: 'f', seed: 1, at: 1 }))
    console.log('held')
    setInterval(() => lock.beat(), 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

describe('the run lock', () => {
  test('is for one at a time, also within a process', () => {
    const lock = place.project.lock.acquire()
    expect(() => place.project.lock.acquire()).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'busy' }) as unknown }) as Error)
    lock.release()
    place.project.lock.acquire().release()
    expect(place.project.lock.holder()).toBeUndefined()
  })

  test('of another process is respected while it lives, and taken over when it is gone', async () => {
    const holder = await startHolder()
    expect(place.project.lock.holder()).toMatchObject({ pid: holder.pid, run: 1, alive: true })
    expect(() => place.project.lock.acquire()).toThrow(`Process ${holder.pid}`)
    const running = join(place.project.path, 'artifacts', 'tmp', 'r0001')
    await mkdir(running, { recursive: true })
    const reader = await openProject(place.project.path)
    expect(reader.runs.get(1)?.status).toBe('running')
    expect(existsSync(running)).toBe(true)
    await holder.kill()
    const lock = reader.lock.acquire()
    expect(reader.runs.get(1)?.status).toBe('interrupted')
    lock.release()
    reader.close()
    ;(await openProject(place.project.path)).close()
    expect(existsSync(running)).toBe(false)
  })

  test('tells a holder that another took it over', () => {
    const lock = place.project.lock.acquire()
    lock.beat()
    lock.release()
    place.project.lock.acquire()
    expect(() => {
      lock.beat()
    }).toThrow('took it for dead')
  })
})
