import type { ConnectionState } from '#shared/contract/transport.ts'
import type { Told } from './follow-events.ts'

/** How tabs of the same window find each other. */
export type Tabs = {
  readonly locks: Pick<LockManager, 'request'>
  openChannel(): BroadcastChannel
}

/** What tabs tell each other. */
type Message =
  | { readonly kind: 'event'; readonly event: unknown; readonly id: string | undefined }
  | { readonly kind: 'state'; readonly state: ConnectionState }
  /** A tab that came later asks how the connection is. */
  | { readonly kind: 'how' }

const lockName = 'millrace-events'

/**
 * Follows the events by one stream for all tabs: a browser keeps six connections to a host open, and a seventh tab with a stream of its own
 * would bring them all to a halt. The tab that holds the lock has the stream and tells the others; when it goes, the next one takes
 * the stream up after the last event that it heard of.
 */
export function shareEvents({ locks, openChannel }: Tabs, told: Told, follow: (told: Told, lastId: string | undefined) => () => void): () => void {
  const stopped = new AbortController()
  const channel = openChannel()
  const say = (message: Message): void => {
    channel.postMessage(message)
  }
  let lastId: string | undefined
  let state: ConnectionState | undefined
  let leads = false
  let waits = false
  const hear = (message: Message): void => {
    if (message.kind === 'how') {
      if (leads && state !== undefined) say({ kind: 'state', state })
    } else if (message.kind === 'state') {
      state = message.state
      told.onState(message.state)
    } else {
      lastId = message.id ?? lastId
      told.onEvent(message.event, message.id)
    }
  }
  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      leads = true
      const end = (): void => {
        leads = false
        stop()
        resolve()
      }
      const both = (message: Message): void => {
        hear(message)
        say(message)
        // Without a session there is no stream: another tab may have been opened with a new one.
        if (message.kind === 'state' && message.state === 'closed') end()
      }
      const stop = follow({ onEvent: (event, id) => both({ kind: 'event', event, id }), onState: (next) => both({ kind: 'state', state: next }) }, lastId)
      stopped.signal.addEventListener('abort', end)
    })
  /** Waits until no other tab has the stream; ends with the lead, or because this tab stopped waiting. */
  const waitForTurn = async (): Promise<void> => {
    if (waits) return
    waits = true
    await locks.request(lockName, { signal: stopped.signal }, lead).catch(() => undefined)
    waits = false
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (stopped.signal.aborted) return
    hear(data)
    // Once it gave up for want of a session, it hears that there is one again.
    if (data.kind === 'state' && data.state === 'connected') void waitForTurn()
  })
  say({ kind: 'how' })
  void waitForTurn()
  return () => {
    stopped.abort()
    channel.close()
  }
}
