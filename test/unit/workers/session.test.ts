import { afterEach, describe, expect, it } from 'vitest'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import { startSession, type WorkerSession } from '../../../src/main/workers/session.ts'

type Question = { readonly do: string; readonly milliseconds?: number }
const opened: WorkerSession<Question, unknown>[] = []

function start(): WorkerSession<Question, unknown> {
  const session = startSession<{ greeting: string }, Question, unknown>(new URL('./example-session.ts', import.meta.url), { greeting: 'hello' }, 'the example')
  opened.push(session)
  return session
}

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close()
})

describe('a session in a worker thread', () => {
  it('keeps its state, and answers a quick question while a slow one waits', async () => {
    const session = start()
    expect(await session.ask({ do: 'greet' })).toBe('hello')
    const order: unknown[] = []
    const slow = session.ask({ do: 'slow', milliseconds: 300 }).then((answer) => order.push(answer))
    await session.ask({ do: 'quick' }).then((answer) => order.push(answer))
    await slow
    expect(order).toEqual(['quick', 'slow'])
    expect(await session.ask({ do: 'count' })).toBe(4)
  })

  it('gives up what is cancelled and goes on', async () => {
    const session = start()
    const signal = createAbortFlag()
    const waiting = session.ask({ do: 'wait' }, signal)
    expect(await session.ask({ do: 'greet' })).toBe('hello')
    signal.abort()
    await expect(waiting).rejects.toMatchObject({ data: { code: 'cancelled' } })
    await expect(session.ask({ do: 'fail' })).rejects.toMatchObject({ data: { code: 'invalid-data', nextStep: 'Mend it.' } })
    expect(session.usable()).toBe(true)
  })

  it('says that its thread ended, to all who wait', async () => {
    const session = start()
    const waiting = session.ask({ do: 'wait' })
    const ending = session.ask({ do: 'exit' })
    await expect(ending).rejects.toMatchObject({ data: { code: 'internal', headline: 'The worker of the example crashed' } })
    await expect(waiting).rejects.toMatchObject({ data: { code: 'internal' } })
    expect(session.usable()).toBe(false)
    await expect(session.ask({ do: 'greet' })).rejects.toMatchObject({ data: { code: 'cancelled' } })
  })
})
