import { contract, type Domain, type MethodInput, type MethodName, type MethodOutput } from '#shared/contract/index.ts'
import { engineEventSchema, type EngineEvent } from '#shared/contract/event.ts'
import type { Method } from '#shared/contract/method.ts'
import { resultSchema, valueOf } from '#shared/contract/result.ts'
import type { ConnectionState, Transport } from '#shared/contract/transport.ts'
import { MillraceError } from '#shared/errors.ts'

/** The engine as the window sees it: typed by the contract, whatever carries the messages. */
export type Client = {
  /** Throws `MillraceError`. */
  call<N extends MethodName>(name: N, input: MethodInput<N>): Promise<MethodOutput<N>>
  /** Hands on every event until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void
  /** State of the connection, now and at every change until the returned function is called. */
  watchConnection(listener: (state: ConnectionState) => void): () => void
}

/** A client over a transport; what arrives is checked with the contract. */
export function createClient(transport: Transport): Client {
  const listeners = new Set<(event: EngineEvent) => void>()
  const watchers = new Set<(state: ConnectionState) => void>()
  let state: ConnectionState = 'connected'
  let stop: (() => void) | undefined
  const open = (): void => {
    stop ??= transport.subscribe(
      (message) => {
        const event = engineEventSchema.safeParse(message)
        if (event.success) for (const listener of listeners) listener(event.data)
      },
      (next) => {
        state = next
        for (const watcher of watchers) watcher(next)
      },
    )
  }
  const closeUnused = (): void => {
    if (listeners.size > 0 || watchers.size > 0) return
    stop?.()
    stop = undefined
  }
  const join = <T>(group: Set<T>, member: T): (() => void) => {
    group.add(member)
    open()
    return () => {
      group.delete(member)
      closeUnused()
    }
  }
  return {
    async call(name, input) {
      const answer = await carry(transport, name, input)
      return checked(name, valueOf(resultSchema.parse(answer))) as MethodOutput<typeof name>
    },
    subscribe: (listener) => join(listeners, listener),
    watchConnection(listener) {
      listener(state)
      return join(watchers, listener)
    },
  }
}

async function carry(transport: Transport, name: string, input: unknown): Promise<unknown> {
  try {
    return await transport.call(name, input)
  } catch (error) {
    if (error instanceof MillraceError) throw error
    throw new MillraceError(
      {
        code: 'disconnected',
        headline: 'Millrace does not answer',
        message: 'The connection to the engine is lost. Work that it has begun goes on.',
        nextStep: 'Wait a moment, it is tried again; if it stays so, start Millrace again.',
        retryable: true,
        details: { value: String(error) },
      },
      error,
    )
  }
}

function checked(name: MethodName, value: unknown): unknown {
  const [domain, member] = name.split('.') as [Domain, string]
  const method = (contract[domain] as Readonly<Record<string, Method>>)[member]
  const parsed = method?.output.safeParse(value)
  if (parsed?.success === true) return parsed.data
  const issue = parsed?.error.issues[0]
  throw new MillraceError({
    code: 'internal',
    headline: 'The engine answered in a shape that this window does not know',
    message: `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    nextStep: 'Reload the window; after an update, restart Millrace.',
  })
}
