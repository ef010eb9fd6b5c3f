import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import { createWorkerPool, type WorkerPool } from '../../../src/main/workers/pool.ts'

const module = new URL('./example-job.ts', import.meta.url)
let pool: WorkerPool

beforeEach(() => {
  pool = createWorkerPool({ size: 2, graceMilliseconds: 200 })
})
afterEach(async () => {
  await pool.close()
})

const run = (input: { do: string; value?: number }, options: Partial<Parameters<WorkerPool['run']>[2]> = {}) =>
  pool.run<typeof input, unknown>(module, input, { label: 'step x', signal: createAbortFlag(), ...options })

/** Threads of this process, by the handles that keep it from ending. */
const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length

describe('a worker pool', () => {
  test('gives back what jobs return, more jobs than threads', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((value) => run({ do: 'double', value })))
    expect(answers).toEqual([2, 4, 6, 8, 10])
  })

  test('keeps threads warm', async () => {
    expect(await run({ do: 'calls' })).toBe(1)
    expect(await run({ do: 'calls' })).toBe(2)
  })

  test('brings errors over as they are', async () => {
    await expect(run({ do: 'fail' })).rejects.toMatchObject({ data: { code: 'invalid-data', headline: 'Bad', nextStep: 'Mend it.', details: { row: 7 } } })
    await expect(run({ do: 'bug' })).rejects.toMatchObject({ data: { code: 'internal', message: expect.stringContaining('length') as string } })
    expect(await run({ do: 'calls' })).toBe(3)
  })

  test.each(['exit', 'late', 'unknown'])('survives a job that ends by %s, names it and goes on', async (how) => {
    await expect(run({ do: how })).rejects.toMatchObject({ data: { code: 'internal' } })
    if (how !== 'unknown') {
      await expect(run({ do: how })).rejects.toMatchObject({ data: { headline: 'The worker of step x crashed', retryable: true, details: { step: 'step x' } } })
      expect(await run({ do: 'calls' })).toBe(1)
    }
  })

  test('survives a job that fills its heap, and says so', async () => {
    const small = createWorkerPool({ size: 1, heapMegabytes: 48 })
    const options = { label: 'step x', signal: createAbortFlag() }
    await expect(small.run(module, { do: 'memory' }, options)).rejects.toMatchObject({ data: { code: 'out-of-memory', headline: 'Out of memory in step x' } })
    expect(await small.run(module, { do: 'double', value: 2 }, options)).toBe(4)
    await small.close()
  })

  test('stops a job by its flag and keeps its thread', async () => {
    const signal = createAbortFlag()
    const onProgress = () => {
      signal.abort()
    }
    await expect(run({ do: 'wait' }, { signal, onProgress })).rejects.toMatchObject({ data: { code: 'cancelled' } })
    expect(await run({ do: 'calls' })).toBe(2)
  })

  test('ends a thread that does not look at its flag', async () => {
    const signal = createAbortFlag()
    const onProgress = () => {
      signal.abort()
    }
    await expect(run({ do: 'spin' }, { signal, onProgress })).rejects.toMatchObject({ data: { code: 'cancelled' } })
    expect(await run({ do: 'calls' })).toBe(1)
  })

  test('does not start a job that is cancelled while it waits for a thread', async () => {
    const [first, second, third] = [createAbortFlag(), createAbortFlag(), createAbortFlag()]
    const busy = [run({ do: 'wait' }, { signal: first }), run({ do: 'wait' }, { signal: second })]
    const waiting = run({ do: 'calls' }, { signal: third })
    for (const flag of [third, first, second]) flag.abort()
    const ends = await Promise.allSettled([...busy, waiting])
    expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected', 'rejected'])
  })

  test('sends the log, and progress ten times a second at most but for the end', async () => {
    const seen: number[] = []
    const log: string[] = []
    await run({ do: 'talk' }, { onProgress: (fraction) => seen.push(fraction), onLog: (line) => log.push(`${line.level} ${line.message}`) })
    expect(log).toEqual(['warn careful'])
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBe(1)
    expect(seen.length).toBeLessThan(50)
  })

  test('sends every measurement in order, in few batches', async () => {
    const batches: number[][] = []
    await run({ do: 'talk' }, { onMeasured: (measurements) => batches.push(measurements.map((one) => (one.kind === 'iteration' ? one.iteration : -1))) })
    expect(batches.flat()).toEqual(Array.from({ length: 1001 }, (_, i) => i))
    expect(batches.length).toBeLessThan(50)
  })

  test('rejects a job whose listener throws', async () => {
    const onLog = () => {
      throw new Error('no room for the log')
    }
    await expect(run({ do: 'talk' }, { onLog })).rejects.toThrow('no room for the log')
    expect(await run({ do: 'double', value: 4 })).toBe(8)
  })

  test('leaves no thread when it is closed, and takes no job then', async () => {
    const before = threads()
    const own = createWorkerPool({ size: 2 })
    const options = { label: 'x', signal: createAbortFlag() }
    await own.run(module, { do: 'double', value: 1 }, options)
    const hanging = own.run(module, { do: 'wait' }, options)
    const [end] = await Promise.all([hanging.catch((error: unknown) => error), own.close()])
    expect(end).toMatchObject({ data: { code: 'cancelled' } })
    await expect(own.run(module, { do: 'calls' }, options)).rejects.toMatchObject({ data: { code: 'cancelled' } })
    expect(threads()).toBe(before)
  })
})
