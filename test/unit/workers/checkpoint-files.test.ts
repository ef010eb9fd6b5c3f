import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkpointFiles } from '../../../src/main/workers/checkpoint-files.ts'

let folder: string
let said: string[]
let time: number
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace checkpoints '))
  said = []
  time = 1000
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const say = (message: string): void => {
  said.push(message)
}
const open = (place = join(folder, 'checkpoints', 'key')) =>
  checkpointFiles({ folder: place, secondsBetween: 30, now: () => time, log: { debug: say, info: say, warn: say, error: say } })
const bytes = new Uint8Array(1000).map((_, i) => i)
const onlyFile = async (): Promise<string> => join(folder, 'checkpoints', 'key', (await readdir(join(folder, 'checkpoints', 'key')))[0] ?? '')

describe('checkpoints on disk', () => {
  it('come back whole, by name and part, also to another process', async () => {
    const one = open()
    expect(await one.load('a')).toBeUndefined()
    await one.save('a', bytes)
    await one.fork('part').save('a', bytes.subarray(7))
    await one.save('b', new Uint8Array(0))
    const other = open()
    expect(await other.load('a')).toEqual(Buffer.from(bytes))
    expect(await other.fork('part').load('a')).toEqual(Buffer.from(bytes.subarray(7)))
    expect(await other.load('b')).toEqual(Buffer.alloc(0))
    expect(said).toEqual([])
  })

  it('are due some time after the last', async () => {
    const one = open()
    expect(one.due()).toBe(false)
    time += 3000
    expect([one.due(), one.due(0.1)]).toEqual([false, true])
    time += 27_000
    expect(one.fork('part').due()).toBe(true)
    await one.save('a', bytes)
    expect(one.fork('part').due()).toBe(false)
  })

  it.each([
    ['cut short', (file: Buffer) => file.subarray(0, 700)],
    ['empty', () => Buffer.alloc(0)],
    ['with a bit turned', (file: Buffer) => Buffer.from(file).fill(1, 600, 601)],
    ['of another version', (file: Buffer) => Buffer.from(file.toString('latin1').replace(/checkpoint 1 \S+/, 'checkpoint 1 99.0.0'), 'latin1')],
    ['of something else', () => Buffer.from('x'.repeat(5000))],
  ])('are ignored where they are %s, which is told', async (_, harm) => {
    await open().save('a', bytes)
    await writeFile(await onlyFile(), harm(await readFile(await onlyFile())))
    expect(await open().load('a')).toBeUndefined()
    expect(said).toEqual(['The checkpoint of a is damaged or of another version of Millrace, and is ignored'])
    await open().save('a', bytes)
    expect(await open().load('a')).toEqual(Buffer.from(bytes))
  })

  it('cost nothing but a line in the log where the disk refuses, and do not build up a project that was moved away', async () => {
    const gone = open(join(folder, 'moved away', 'checkpoints', 'key'))
    await gone.save('a', bytes)
    await gone.save('a', bytes)
    expect(said).toEqual([expect.stringMatching(/^No checkpoint can be written, .*ENOENT/)])
    expect(await readdir(folder)).toEqual([])
  })

  it('clear what a crash in the middle of writing left', async () => {
    await mkdir(join(folder, 'checkpoints', 'key'), { recursive: true })
    await writeFile(join(folder, 'checkpoints', 'key', 'x.checkpoint.0123.tmp'), 'half')
    await open().save('a', bytes)
    expect((await readdir(join(folder, 'checkpoints', 'key'))).some((name) => name.endsWith('.tmp'))).toBe(false)
  })
})
