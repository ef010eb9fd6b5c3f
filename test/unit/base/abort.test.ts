import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { MillraceError } from '#shared/errors.ts'
import { createAbortFlag } from '../../../src/main/base/abort.ts'

describe('createAbortFlag', () => {
  it('is seen by another view of the same memory', () => {
    const host = createAbortFlag()
    const worker = createAbortFlag(host.buffer)
    expect(worker.aborted).toBe(false)
    expect(() => worker.throwIfAborted()).not.toThrow()
    host.abort()
    expect(worker.aborted).toBe(true)
    expect(() => worker.throwIfAborted()).toThrow(MillraceError)
  })

  it('stops a loop in another thread that never yields', async () => {
    const flag = createAbortFlag()
    const spin = `const w = new Int32Array(require('node:worker_threads').workerData); while (Atomics.load(w, 0) === 0);`
    const worker = new Worker(spin, { eval: true, workerData: flag.buffer })
    const exited = new Promise<number>((resolve) => worker.once('exit', resolve))
    await new Promise<void>((resolve) => worker.once('online', () => resolve()))
    flag.abort()
    expect(await exited).toBe(0)
  })
})
