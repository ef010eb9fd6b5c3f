import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { createArena } from '../../../src/main/wasm/arena.ts'
import { createKernelPool } from '../../../src/main/wasm/create-kernel-pool.ts'
import { cutRange, runOverRange } from '../../../src/main/wasm/ranges.ts'
import { workerUrl } from '#shared/worker-url.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-pool-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const source = pathToFileURL(join(import.meta.dirname, '../../../src/main/wasm/create-kernel-pool.ts')).href

/** A script that starts a pool, lets three threads fill an index and says what it got. */
function script(name: string, end: string): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `import { createKernelPool } from ${JSON.stringify(source)}
const pool = await createKernelPool({ threads: 3 })
const index = pool.arena.allocate(4 * 3000)
pool.together([0, 1, 2].map((k) => ({ kernel: 'fillAscending', args: [index, k * 1000, (k + 1) * 1000] })))
const right = pool.arena.int32(index, 3000).every((value, i) => value === i)
${end}`,
  )
  return path
}

test('threads run calls together and return their results in order', async () => {
  for (const threads of [1, 2, 3, 4]) {
    const pool = await createKernelPool({ threads })
    expect(pool.threads).toBe(threads)
    const rows = pool.arena.allocate(4 * 1003)
    const right = pool.arena.allocate(4 * 1003 + 64 * threads)
    const column = pool.arena.allocate(1003)
    pool.arena.bytes(column, 1003).forEach((_cell, i, cells) => {
      cells[i] = i % 10
    })
    for (let round = 0; round < 50; round++) {
      runOverRange(pool, { from: 0, to: 1003, least: 0, multiple: 4 }, ({ from, to }) => ({ kernel: 'fillAscending', args: [rows, from, to] }))
      const parts = runOverRange(pool, { from: 0, to: 1003, least: 0 }, ({ from, to, lane }) => ({
        kernel: 'partition',
        args: [rows, from, to, column, 4, 0, right + from * 4 + lane * 64],
      }))
      expect(parts.length).toBe(threads)
      expect(parts.reduce((sum, { result }) => sum + result, 0)).toBe(503)
      for (const { from, to, result } of parts) expect(result).toBe(Array.from({ length: to - from }, (_v, i) => from + i).filter((i) => i % 10 <= 4).length)
    }
    await pool.close()
  }
})

test('where the system starts fewer threads, or one ends before it began, the pool goes on with those it has and says why', async () => {
  let started = 0
  const start = (url: URL, options: WorkerOptions): Worker => {
    started++
    if (started === 1) throw new Error('EAGAIN')
    return started === 2 ? new Worker('process.exit(3)', { eval: true }) : new Worker(url, options)
  }
  const pool = await createKernelPool({ threads: 4, start })
  expect([pool.threads, pool.missing]).toEqual([2, 'EAGAIN'])
  const index = pool.arena.allocate(4 * 2000)
  pool.together([0, 1].map((k) => ({ kernel: 'fillAscending', args: [index, k * 1000, (k + 1) * 1000] })))
  expect(pool.arena.int32(index, 2000).every((value, i) => value === i)).toBe(true)
  await pool.close()
  const refuse = (): never => {
    throw new Error('EAGAIN')
  }
  const alone = await createKernelPool({ threads: 8, start: refuse })
  expect([alone.threads, alone.missing]).toEqual([1, 'EAGAIN'])
  await alone.close()
  expect((await createKernelPool({ threads: 1 })).missing).toBeUndefined()
})

test('more calls than threads, and a kernel that fails on a helper, are errors; the pool lives on', async () => {
  const pool = await createKernelPool({ threads: 2 })
  const call = { kernel: 'move', args: [70_000, 80_000, 8] } as const
  expect(() => pool.together([call, call, call])).toThrow('3 kernel calls for 2 threads')
  const beyond = { kernel: 'move', args: [4_294_900_000, 80_000, 60_000] } as const
  expect(() => {
    for (let i = 0; i < 100; i++) pool.together([call, beyond])
  }).toThrow(/memory access out of bounds|failed on a helper thread/)
  expect(pool.together([call, call])).toEqual([0, 0])
  await pool.close()
})

test('a pool starts inside a worker thread, and the process ends by itself while helpers wait', async () => {
  const worker = new Worker(script('nested.mjs', `import('node:worker_threads').then(({ parentPort }) => parentPort.postMessage(right))`))
  const [right] = (await once(worker, 'message')) as [boolean]
  expect(right).toBe(true)
  await once(worker, 'exit')

  const main = spawnSync(process.execPath, [script('main.mjs', `console.log(right ? 'right' : 'wrong')`)], { encoding: 'utf8', timeout: 20_000 })
  expect({ status: main.status, out: main.stdout.trim() }).toEqual({ status: 0, out: 'right' })
})

test('the arena hands out aligned memory, takes it back, keeps old views, and refuses what does not fit', () => {
  const arena = createArena()
  const first = arena.allocate(10)
  const view = arena.bytes(first, 10).fill(7)
  const mark = arena.mark()
  const second = arena.allocate(5_000_000)
  expect([first % 64, second % 64, second > first]).toEqual([0, 0, true])
  arena.bytes(first, 1)[0] = 9
  expect(view[0]).toBe(9)
  arena.release(mark)
  expect(arena.allocate(1)).toBe(second)
  expect(() => arena.allocate(5 * 2 ** 30)).toThrow('they can use 4 GiB')
})

test('a range is cut into parts that cover it, none empty, at multiples', () => {
  expect(cutRange(0, 10, 3)).toEqual([
    { from: 0, to: 3, lane: 0 },
    { from: 3, to: 6, lane: 1 },
    { from: 6, to: 10, lane: 2 },
  ])
  expect(cutRange(5, 6, 4)).toEqual([{ from: 5, to: 6, lane: 0 }])
  expect(cutRange(5, 5, 4)).toEqual([{ from: 5, to: 5, lane: 0 }])
  expect(cutRange(0, 130, 2, 64)).toEqual([
    { from: 0, to: 64, lane: 0 },
    { from: 64, to: 130, lane: 1 },
  ])
})

test('a worker entry is a .ts file beside a source and a .js file beside a bundle', () => {
  expect(workerUrl('./a.ts', 'file:///x/src/main/wasm/b.ts').href).toBe('file:///x/src/main/wasm/a.ts')
  expect(workerUrl('./a.ts', 'file:///x/out/main/wasm/b.js').href).toBe('file:///x/out/main/wasm/a.js')
})
