import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import { createRng } from '../../../src/main/base/rng.ts'
import { createWorkerPool } from '../../../src/main/workers/pool.ts'

const module = new URL('./statements-job.ts', import.meta.url)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace end '))
})
afterAll(() => rm(folder, { recursive: true }))

/** Ended in the middle of a native call, a thread would take the whole process with it. */
describe('a thread with statements of DuckDB under way', { timeout: 120_000 }, () => {
  const rng = createRng(5)

  it.each([1, 2, 3, 4])('is ended at any moment by closing its pool (%i)', async () => {
    const pool = createWorkerPool({ size: 1, graceMilliseconds: 30 })
    const atWork = Promise.withResolvers<void>()
    const job = pool.run(module, { folder }, { label: 'the statements', signal: createAbortFlag(), onProgress: () => { atWork.resolve() } })
    const outcome = job.catch((error: unknown) => error)
    await Promise.race([atWork.promise, outcome])
    await sleep(rng.below(120))
    await pool.close()
    expect(await outcome).toMatchObject({ data: { code: 'cancelled' } })
  })

  it.each([1, 2, 3])('is ended at any moment after its job was cancelled, and the pool goes on (%i)', async () => {
    const pool = createWorkerPool({ size: 1, graceMilliseconds: 30 })
    for (let round = 0; round < 2; round++) {
      const signal = createAbortFlag()
      const atWork = Promise.withResolvers<void>()
      const outcome = pool.run(module, { folder }, { label: 'the statements', signal, onProgress: () => { atWork.resolve() } }).catch((error: unknown) => error)
      await Promise.race([atWork.promise, outcome])
      await sleep(rng.below(60))
      signal.abort()
      expect(await outcome).toMatchObject({ data: { code: 'cancelled' } })
    }
    await pool.close()
  })
})
