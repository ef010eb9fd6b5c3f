import { expect, test, vi } from 'vitest'
import type { ConnectionState } from '../../../../src/shared/contract/transport.ts'
import { decodeMessage, encodeMessage } from '../../../../src/shared/contract/wire.ts'
import { createFrameReader } from '../../../../src/renderer/client/transports/event-frames.ts'
import { followEvents } from '../../../../src/renderer/client/transports/follow-events.ts'
import { createHttpTransport } from '../../../../src/renderer/client/transports/http.ts'

type Asked = { readonly url: string; readonly lastId: string | null }

/** A browser whose answers to `/api/events` are given one after the other; an `Error` is a connection that fails. */
function browserWith(answers: readonly (Response | Error)[]): { fetch: typeof fetch; wait: () => Promise<void>; asked: Asked[]; waits: number[] } {
  const asked: Asked[] = []
  const waits: number[] = []
  return {
    asked,
    waits,
    fetch: (url, init) => {
      const answer = answers[asked.length]
      asked.push({ url: url as string, lastId: new Headers(init?.headers).get('last-event-id') })
      if (answer === undefined) return new Promise(() => undefined)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
    wait: ((milliseconds: number) => {
      // The watch for silence waits longer than any pause, and for ever here.
      if (milliseconds > 10_000) return new Promise<void>(() => undefined)
      waits.push(milliseconds)
      return Promise.resolve()
    }) as () => Promise<void>,
  }
}

const frame = (id: number, event: unknown): string => `id: e.${String(id)}\ndata: ${Buffer.from(encodeMessage(event)).toString('base64')}\n\n`
const stream = (text: string, open = 'event: open\nid: e.0\ndata: fresh\n\n'): Response => new Response(`${open}${text}`)
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

test('a call is a message there and a result back', async () => {
  const sent: unknown[] = []
  const transport = createHttpTransport({
    wait: () => Promise.resolve(),
    fetch: async (url, init) => {
      sent.push(url, decodeMessage(await new Response(init?.body ?? null).arrayBuffer()))
      return new Response(encodeMessage({ ok: true, value: { cells: new Float64Array([1, Number.NaN]), none: undefined } }))
    },
  })
  expect(await transport.call('datasets.rows', { at: Number.NaN })).toEqual({ ok: true, value: { cells: new Float64Array([1, Number.NaN]), none: undefined } })
  expect(sent).toEqual(['/api/call/datasets.rows', { at: Number.NaN }])
})

test.each<[string, () => Promise<Response>]>([
  ['nobody answers', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['something else answers', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))],
])('a call where %s says that Millrace cannot be reached', async (_, fetch) => {
  const transport = createHttpTransport({ fetch, wait: () => Promise.resolve() })
  await expect(transport.call('app.info', {})).rejects.toMatchObject({ data: { code: 'disconnected', retryable: true } })
})

test('a stream that breaks is taken up after the last event, with growing pauses', async () => {
  const browser = browserWith([stream(frame(1, { a: 1 }) + frame(2, { a: 2 })), new Error('refused'), new Error('refused'), stream(frame(3, { a: 3 }), 'event: open\nid: e.2\ndata: resumed\n\n')])
  const events: unknown[] = []
  const states: ConnectionState[] = []
  const stop = createHttpTransport(browser).subscribe((event) => events.push(event), (state) => states.push(state))
  await vi.waitFor(() => expect(browser.waits).toHaveLength(4), 20_000)
  stop()
  expect(events).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  expect(states).toEqual(['connected', 'reconnecting', 'reconnecting', 'reconnecting', 'connected', 'reconnecting'])
  expect(browser.asked.map(({ lastId }) => lastId)).toEqual([null, 'e.2', 'e.2', 'e.2', 'e.3'])
  expect(browser.waits).toEqual([250, 500, 1000, 250])
})

test('what was missed for good is to be read anew, though the connection seems whole', async () => {
  const browser = browserWith([stream(frame(4, { a: 4 }), 'event: open\nid: x.3\ndata: fresh\n\n')])
  const states: ConnectionState[] = []
  const stop = followEvents(browser, { onEvent: () => undefined, onState: (state) => states.push(state) }, 'e.9')
  await vi.waitFor(() => expect(states.length).toBeGreaterThan(1), 20_000)
  stop()
  expect(browser.asked[0]?.lastId).toBe('e.9')
  expect(states.slice(0, 2)).toEqual(['reconnecting', 'connected'])
})

test('without a session it is closed and does not try again', async () => {
  const browser = browserWith([new Response(null, { status: 401 })])
  const states: ConnectionState[] = []
  createHttpTransport(browser).subscribe(() => undefined, (state) => states.push(state))
  await vi.waitFor(() => expect(states).toEqual(['closed']), 20_000)
  expect(browser.asked).toHaveLength(1)
})

test('a stream that falls silent is opened again', async () => {
  let silent: (() => void) | undefined
  const asked: unknown[] = []
  const states: ConnectionState[] = []
  const transport = createHttpTransport({
    wait: (milliseconds) => (milliseconds > 10_000 ? new Promise((resolve) => (silent = resolve)) : Promise.resolve()),
    fetch: (_, init) => {
      asked.push(init)
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          if (asked.length > 1) return
          controller.enqueue(new TextEncoder().encode('event: open\nid: e.0\ndata: fresh\n\n'))
          init?.signal?.addEventListener('abort', () => {
            controller.error(new Error('aborted'))
          })
        },
      })
      return Promise.resolve(new Response(body))
    },
  })
  const stop = transport.subscribe(() => undefined, (state) => states.push(state))
  await vi.waitFor(() => expect(states).toEqual(['connected']), 20_000)
  await vi.waitFor(() => {
    silent?.()
    expect(asked).toHaveLength(2)
  }, 20_000)
  await settled()
  stop()
  expect(states).toEqual(['connected', 'reconnecting'])
  expect(asked).toHaveLength(2)
})

test('frames arrive whole, however the text is cut', () => {
  const text = `: here\n\nevent: open\nid: e.0\ndata: fresh\n\n${frame(1, { a: 'ü' })}`
  const whole = createFrameReader()(text)
  const read = createFrameReader()
  expect(text.split('').flatMap((character) => read(character))).toEqual(whole)
  expect(whole.map(({ event, id }) => ({ event, id }))).toEqual([{ event: 'open', id: 'e.0' }, { event: 'message', id: 'e.1' }])
})
