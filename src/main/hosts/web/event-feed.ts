import { randomBytes } from 'node:crypto'
import type { EngineEvent } from '#shared/contract/event.ts'
import { encodeMessage } from '#shared/contract/wire.ts'

/** Events of the engine as an event stream, for any number of readers, each of which may go on where it lost the connection. */
export type EventFeed = {
  /** A stream of what happens from now on, after what happened since the event `lastId` where that is still known. */
  open(lastId: string | undefined): ReadableStream<Uint8Array>
  close(): void
}

/** How much is kept for those who lost the connection, how much one reader may lag behind, and how often a silent stream says that it is there. */
export type FeedLimits = { readonly keptEvents: number; readonly keptBytes: number; readonly lagBytes: number; readonly heartbeatMilliseconds: number }

/** Enough for a minute of a busy run. */
export const feedLimits: FeedLimits = { keptEvents: 5000, keptBytes: 8e6, lagBytes: 16e6, heartbeatMilliseconds: 10_000 }

type Kept = { readonly number: number; readonly frame: Uint8Array }
type Reader = ReadableStreamDefaultController<Uint8Array>

const text = new TextEncoder()

/**
 * A feed of what `subscribe` tells. Frames are those of server-sent events: `data` is a message of the wire in base64, `id` says which
 * engine and which event. The first frame, `event: open`, says whether nothing was missed (`resumed`) or lists are to be read anew (`fresh`).
 */
export function createEventFeed(subscribe: (listener: (event: EngineEvent) => void) => () => void, limits: FeedLimits = feedLimits): EventFeed {
  const engine = randomBytes(6).toString('hex')
  const kept: Kept[] = []
  const readers = new Set<Reader>()
  let keptBytes = 0
  let last = 0

  const drop = (reader: Reader): void => {
    if (!readers.delete(reader)) return
    reader.close()
  }
  const send = (reader: Reader, frame: Uint8Array): void => {
    if (!readers.has(reader)) return
    // A reader that does not keep up would fill the memory; it comes back and goes on from its last event.
    if ((reader.desiredSize ?? 0) <= 0) drop(reader)
    else reader.enqueue(frame)
  }
  const unsubscribe = subscribe((event) => {
    last += 1
    const data = Buffer.from(encodeMessage(event)).toString('base64')
    const frame = text.encode(`id: ${engine}.${String(last)}\ndata: ${data}\n\n`)
    kept.push({ number: last, frame })
    keptBytes += frame.byteLength
    while (kept.length > limits.keptEvents || keptBytes > limits.keptBytes) keptBytes -= kept.shift()?.frame.byteLength ?? 0
    for (const reader of readers) send(reader, frame)
  })
  const heartbeat = setInterval(() => {
    for (const reader of readers) send(reader, text.encode(': here\n\n'))
  }, limits.heartbeatMilliseconds)
  heartbeat.unref()

  /** What came after that event; undefined where it is of another engine or too long ago. */
  const since = (lastId: string | undefined): readonly Kept[] | undefined => {
    const [from = '', number = ''] = lastId?.split('.') ?? []
    if (from !== engine || !/^\d+$/.test(number)) return undefined
    const seen = Number(number)
    const first = kept[0]?.number ?? last + 1
    return seen > last || seen + 1 < first ? undefined : kept.filter((event) => event.number > seen)
  }
  return {
    open(lastId) {
      let reader: Reader | undefined
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            reader = controller
            const missed = since(lastId)
            readers.add(controller)
            send(controller, text.encode(`event: open\nid: ${engine}.${String(missed === undefined ? last : (missed[0]?.number ?? last + 1) - 1)}\ndata: ${missed === undefined ? 'fresh' : 'resumed'}\n\n`))
            for (const { frame } of missed ?? []) send(controller, frame)
          },
          cancel() {
            if (reader !== undefined) readers.delete(reader)
          },
        },
        { highWaterMark: limits.lagBytes, size: (frame) => frame.byteLength },
      )
    },
    close() {
      unsubscribe()
      clearInterval(heartbeat)
      for (const reader of readers) drop(reader)
    },
  }
}
