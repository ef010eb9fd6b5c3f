import type { ConnectionState } from '#shared/contract/transport.ts'
import { decodeMessage } from '#shared/contract/wire.ts'
import { createFrameReader, type EventFrame } from './event-frames.ts'

/** What following the stream takes from the browser. */
export type Following = {
  readonly fetch: typeof fetch
  /** Resolves after that time, or sooner where it makes sense to try again or the signal is set. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** The stream says every ten seconds that it is there; after so many milliseconds of silence it is lost. */
const silence = 25_000

/** Pause before the first new try and at most, in milliseconds; it doubles from try to try. */
const pause = { first: 250, most: 10_000 }

/** Who is told: every event with its id, and how the connection is. */
export type Told = { onEvent(event: unknown, id: string | undefined): void; onState(state: ConnectionState): void }

/**
 * Hands on the engine's events until the returned function is called, beginning after the event `lastId` where one is given. A stream that
 * breaks is taken up again after the last event that arrived; `connected` after `reconnecting` means that what is shown may be old.
 * Without a session it is `closed` for good.
 */
export function followEvents(effects: Following, told: Told, lastId?: string): () => void {
  const stopped = new AbortController()
  void follow(effects, told, stopped.signal, lastId)
  return () => {
    stopped.abort()
  }
}

async function follow(effects: Following, told: Told, stopped: AbortSignal, after: string | undefined): Promise<void> {
  let lastId = after
  let failures = 0
  while (!stopped.aborted) {
    try {
      await readStream(effects, lastId, stopped, (frame) => {
        if (frame.event === 'open') {
          failures = 0
          // Events are lost between the last one and now: whoever listens must read anew.
          if (frame.data === 'fresh' && lastId !== undefined) told.onState('reconnecting')
          told.onState('connected')
        } else told.onEvent(decodeMessage(bytesOf(frame.data)), frame.id)
        lastId = frame.id ?? lastId
      })
    } catch (error) {
      if (error instanceof NoSession) {
        told.onState('closed')
        return
      }
      // Whatever else broke the stream: it is opened again below.
    }
    if (stopped.aborted) return
    told.onState('reconnecting')
    await effects.wait(Math.min(pause.most, pause.first * 2 ** failures), stopped)
    failures += 1
  }
}

class NoSession extends Error {}

/** Reads one stream to its end; rejects where it breaks or falls silent. */
async function readStream({ fetch, wait }: Following, lastId: string | undefined, stopped: AbortSignal, onFrame: (frame: EventFrame) => void): Promise<void> {
  const lost = new AbortController()
  const either = AbortSignal.any([stopped, lost.signal])
  let heardAt = 0
  const watch = async (): Promise<void> => {
    for (let before = -1; before !== heardAt && !either.aborted; ) {
      before = heardAt
      await wait(silence, either)
    }
    lost.abort()
  }
  const response = await fetch('/api/events', { signal: either, cache: 'no-store', headers: lastId === undefined ? {} : { 'last-event-id': lastId } })
  if (response.status === 401 || response.status === 403) throw new NoSession('The window has no session')
  if (!response.ok || response.body === null) throw new Error(`status ${String(response.status)}`)
  const reader = response.body.getReader()
  const text = new TextDecoder()
  const frames = createFrameReader()
  void watch()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      heardAt += 1
      for (const frame of frames(text.decode(value, { stream: true }))) onFrame(frame)
    }
  } finally {
    lost.abort()
  }
}

function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i)
  return bytes.buffer
}
