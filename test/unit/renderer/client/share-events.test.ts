import { expect, test, vi } from 'vitest'
import type { ConnectionState } from '../../../../src/shared/contract/transport.ts'
import { shareEvents, type Tabs } from '../../../../src/renderer/client/transports/share-events.ts'
import type { Told } from '../../../../src/renderer/client/transports/follow-events.ts'

type Stream = { readonly told: Told; readonly lastId: string | undefined; ended: boolean }

/** Tabs of one browser: a lock that one holds, and channels that reach all others. */
function browser(): { tabs: Tabs; streams: Stream[]; open: () => { events: unknown[]; states: ConnectionState[]; close: () => void } } {
  const streams: Stream[] = []
  const channels = new Set<EventTarget>()
  let before: Promise<unknown> = Promise.resolve()
  const tabs: Tabs = {
    locks: {
      request: (async (_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>) => {
        const turn = before.then(() => (signal.aborted ? undefined : work()))
        before = turn
        return turn
      }) as unknown as Tabs['locks']['request'],
    },
    openChannel: () => {
      const channel = Object.assign(new EventTarget(), {
        close: () => channels.delete(channel),
        postMessage: (data: unknown) => {
          for (const other of channels) if (other !== channel) queueMicrotask(() => other.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) })))
        },
      })
      channels.add(channel)
      return channel as unknown as BroadcastChannel
    },
  }
  return {
    tabs,
    streams,
    open: () => {
      const events: unknown[] = []
      const states: ConnectionState[] = []
      const close = shareEvents(tabs, { onEvent: (event) => events.push(event), onState: (state) => states.push(state) }, (told, lastId) => {
        const stream: Stream = { told, lastId, ended: false }
        streams.push(stream)
        return () => {
          stream.ended = true
        }
      })
      return { events, states, close }
    },
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

test('many tabs have one stream and all hear it', async () => {
  const { streams, open } = browser()
  const tabs = Array.from({ length: 8 }, open)
  await settled()
  expect(streams).toHaveLength(1)
  streams[0]?.told.onState('connected')
  streams[0]?.told.onEvent({ topic: 'settings' }, 'e.1')
  await settled()
  for (const { events, states } of tabs) expect({ events, states }).toEqual({ events: [{ topic: 'settings' }], states: ['connected'] })
})

test('a tab that comes later learns how the connection is', async () => {
  const { streams, open } = browser()
  open()
  await settled()
  streams[0]?.told.onState('reconnecting')
  const late = open()
  await settled()
  expect(late.states).toEqual(['reconnecting'])
})

test('when the tab with the stream goes, another takes it up after the last event', async () => {
  const { streams, open } = browser()
  const first = open()
  const second = open()
  await settled()
  streams[0]?.told.onEvent('a', 'e.1')
  await settled()
  first.close()
  await vi.waitFor(() => expect(streams).toHaveLength(2), 20_000)
  expect(streams[0]?.ended).toBe(true)
  expect(streams[1]?.lastId).toBe('e.1')
  streams[1]?.told.onEvent('b', 'e.2')
  await settled()
  expect({ first: first.events, second: second.events }).toEqual({ first: ['a'], second: ['a', 'b'] })
})

test('a tab that leaves while it waits takes nothing up', async () => {
  const { streams, open } = browser()
  const first = open()
  const second = open()
  await settled()
  second.close()
  first.close()
  await settled()
  expect(streams).toHaveLength(1)
})

test('tabs without a session make way for one that has it, and come back to life with it', async () => {
  const { streams, open } = browser()
  const old = open()
  await settled()
  streams[0]?.told.onState('closed')
  const fresh = open()
  await vi.waitFor(() => expect(streams).toHaveLength(2), 20_000)
  streams[1]?.told.onState('connected')
  streams[1]?.told.onEvent('a', 'e.1')
  await settled()
  expect(old).toMatchObject({ states: ['closed', 'connected'], events: ['a'] })
  fresh.close()
  await vi.waitFor(() => expect(streams).toHaveLength(3), 20_000)
  expect(streams[2]?.lastId).toBe('e.1')
})
