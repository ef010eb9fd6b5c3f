import { resultSchema } from '#shared/contract/result.ts'
import type { Transport } from '#shared/contract/transport.ts'
import { decodeMessage, encodeMessage } from '#shared/contract/wire.ts'
import { MillraceError } from '#shared/errors.ts'
import { followEvents, type Following } from './follow-events.ts'
import { shareEvents, type Tabs } from './share-events.ts'

/** What the transport takes from the browser; tests hand in their own. */
export type HttpEffects = Following & {
  /** How this tab finds the others of the same window; undefined where it cannot. */
  readonly tabs?: Tabs | undefined
}

const browser = (): HttpEffects => ({
  tabs: 'locks' in navigator && 'BroadcastChannel' in globalThis ? { locks: navigator.locks, openChannel: () => new BroadcastChannel('millrace-events') } : undefined,
  fetch: (...request) => fetch(...request),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      const stop = (): void => {
        clearTimeout(timer)
        resolve()
      }
      signal.addEventListener('abort', stop)
      // The network is back, or the machine woke up: no need to wait any longer.
      window.addEventListener('online', stop, { signal })
    }),
})

const headers = { 'content-type': 'application/octet-stream' }

/** Reaches the engine over loopback HTTP: calls as messages of the wire, events as an event stream that is taken up again when it breaks. */
export function createHttpTransport(effects: HttpEffects = browser()): Transport {
  return {
    async call(method, input) {
      let response: Response
      let body: ArrayBuffer
      try {
        response = await effects.fetch(`/api/call/${encodeURIComponent(method)}`, { method: 'POST', headers, body: encodeMessage(input) })
        body = await response.arrayBuffer()
      } catch (error) {
        throw unreachable(error)
      }
      return answerOf(response, body)
    },
    subscribe: (onEvent, onState = () => undefined) => {
      const told = { onEvent, onState }
      return effects.tabs === undefined ? followEvents(effects, told) : shareEvents(effects.tabs, told, (all, lastId) => followEvents(effects, all, lastId))
    },
  }
}

/** The result in an answer; throws `disconnected` where something else than Millrace answered. */
export function answerOf(response: Pick<Response, 'status'>, body: ArrayBuffer): unknown {
  try {
    return resultSchema.parse(decodeMessage(body))
  } catch (error) {
    throw unreachable(new Error(`status ${String(response.status)}`, { cause: error }))
  }
}

function unreachable(cause: unknown): MillraceError {
  return new MillraceError(
    {
      code: 'disconnected',
      headline: 'Millrace cannot be reached',
      message: `The engine did not answer: ${cause instanceof Error ? cause.message : String(cause)}.`,
      nextStep: 'Wait until the window is connected again. Where Millrace was stopped, start it again and open its new address.',
      retryable: true,
    },
    cause,
  )
}
