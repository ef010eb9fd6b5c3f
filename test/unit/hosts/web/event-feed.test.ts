import { expect, test } from 'vitest'
import type { EngineEvent } from '../../../../src/shared/contract/event.ts'
import { decodeMessage } from '../../../../src/shared/contract/wire.ts'
import { createEventFeed, feedLimits, type EventFeed } from '../../../../src/main/hosts/web/event-feed.ts'

function feedWith(limits: Partial<typeof feedLimits> = {}): { feed: EventFeed; emit: (project: string) => void } {
  let listener: ((event: EngineEvent) => void) | undefined
  const feed = createEventFeed(
    (given) => {
      listener = given
      return () => {
        listener = undefined
      }
    },
    { ...feedLimits, ...limits },
  )
  return { feed, emit: (project) => listener?.({ topic: 'project', project, changed: [] }) }
}

/** Frames that are there now, as `event` or the project of the event. */
async function take(stream: ReadableStream<Uint8Array>, count: number): Promise<{ readonly said: readonly string[]; readonly lastId: string }> {
  const reader = stream.getReader()
  const said: string[] = []
  let lastId = ''
  for (let i = 0; i < count; i += 1) {
    const { value } = await reader.read()
    const text = new TextDecoder().decode(value)
    const data = /^data: (.*)$/m.exec(text)?.[1] ?? ''
    lastId = /^id: (.*)$/m.exec(text)?.[1] ?? lastId
    said.push(text.startsWith('event: open') ? data : ((decodeMessage(new Uint8Array(Buffer.from(data, 'base64')).buffer) as { project: string }).project))
  }
  reader.releaseLock()
  return { said, lastId }
}

test('a reader gets what happens, and goes on where it stopped', async () => {
  const { feed, emit } = feedWith()
  const stream = feed.open(undefined)
  emit('a')
  emit('b')
  const { said, lastId } = await take(stream, 3)
  expect(said).toEqual(['fresh', 'a', 'b'])
  await stream.cancel()
  emit('c')
  emit('d')
  expect((await take(feed.open(lastId), 3)).said).toEqual(['resumed', 'c', 'd'])
  feed.close()
})

test('one that resumes and breaks again before an event still goes on where it was', async () => {
  const { feed, emit } = feedWith()
  emit('a')
  const first = await take(feed.open(undefined), 1)
  emit('b')
  const second = await take(feed.open(first.lastId), 1)
  expect(second.said).toEqual(['resumed'])
  expect((await take(feed.open(second.lastId), 2)).said).toEqual(['resumed', 'b'])
  feed.close()
})

test.each(['', 'nonsense', 'other.3', 'x.y.z', '.1'])('the id "%s" is of another engine: everything is to be read anew', async (id) => {
  const { feed, emit } = feedWith()
  emit('a')
  expect((await take(feed.open(id), 1)).said).toEqual(['fresh'])
  feed.close()
})

test('what is too long ago is to be read anew', async () => {
  const { feed, emit } = feedWith({ keptEvents: 2 })
  const { lastId } = await take(feed.open(undefined), 1)
  for (const project of ['a', 'b', 'c']) emit(project)
  expect((await take(feed.open(lastId), 1)).said).toEqual(['fresh'])
  feed.close()
})

test('a reader that does not keep up is let go, and no one else', async () => {
  const { feed, emit } = feedWith({ lagBytes: 300 })
  const slow = feed.open(undefined)
  const quick = feed.open(undefined)
  const reader = quick.getReader()
  for (let i = 0; i < 20; i += 1) {
    emit(String(i))
    await reader.read()
  }
  const frames: Uint8Array[] = []
  for await (const frame of slow) frames.push(frame)
  expect(frames.length).toBeGreaterThan(1)
  expect(frames.length).toBeLessThan(20)
  emit('end')
  expect((await reader.read()).done).toBe(false)
  feed.close()
})

test('a silent stream says that it is there, and ends with the feed', async () => {
  const { feed } = feedWith({ heartbeatMilliseconds: 5 })
  const reader = feed.open(undefined).getReader()
  await reader.read()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': here\n\n')
  feed.close()
  for (;;) if ((await reader.read()).done) break
  expect(true).toBe(true)
})
