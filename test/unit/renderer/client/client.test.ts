import { expect, test } from 'vitest'
import type { EngineEvent } from '#shared/contract/event.ts'
import { MillraceError } from '#shared/errors.ts'
import { createClient } from '../../../../src/renderer/client/client.ts'
import { isStaleAfter } from '../../../../src/renderer/client/stale-answers.ts'
import { fakeEngine } from '../fake-engine.ts'

const settingsEvent: EngineEvent = { topic: 'settings' }

test('an answer is checked with the contract', async () => {
  const client = createClient(fakeEngine({ 'app.load': { residentBytes: 1, freeMemoryBytes: 2, cpu: 0.5 } }).transport)
  expect(await client.call('app.load', {})).toEqual({ residentBytes: 1, freeMemoryBytes: 2, cpu: 0.5 })
  const wrong = createClient(fakeEngine({ 'app.load': { residentBytes: 'much' } as never }).transport)
  await expect(wrong.call('app.load', {})).rejects.toMatchObject({ data: { code: 'internal', message: expect.stringContaining('app.load: residentBytes') as string } })
})

test('an error keeps what, why and next; a broken line is told as one', async () => {
  const refused = new MillraceError({ code: 'invalid-project', headline: 'No project', nextStep: 'Choose another folder.' })
  const engine = fakeEngine({
    'projects.summary': () => {
      throw refused
    },
  })
  await expect(createClient(engine.transport).call('projects.summary', { project: '/x' })).rejects.toMatchObject({ data: refused.data })
  const broken = createClient({ call: () => Promise.reject(new TypeError('Failed to fetch')), subscribe: () => () => undefined })
  await expect(broken.call('app.info', {})).rejects.toMatchObject({ data: { code: 'disconnected', retryable: true } })
})

test('events are handed on, nonsense is not, and the line is closed with the last listener', () => {
  let open = 0
  const { transport, emit } = fakeEngine()
  const client = createClient({
    ...transport,
    subscribe: (...listeners) => {
      open += 1
      const stop = transport.subscribe(...listeners)
      return () => {
        open -= 1
        stop()
      }
    },
  })
  const heard: EngineEvent[] = []
  const stops = [client.subscribe((event) => heard.push(event)), client.subscribe(() => undefined), client.watchConnection(() => undefined)]
  expect(open).toBe(1)
  emit(settingsEvent)
  emit({ topic: 'nonsense' } as never)
  expect(heard).toEqual([settingsEvent])
  for (const stop of stops) stop()
  expect(open).toBe(0)
})

test('what an event tells makes the answers stale that depend on it, of that project alone', () => {
  const event: EngineEvent = { topic: 'project', project: '/a', changed: ['runs'] }
  expect(isStaleAfter(['runs.list', { project: '/a' }], event)).toBe(true)
  expect(isStaleAfter(['projects.recent', {}], event)).toBe(true)
  expect(isStaleAfter(['runs.list', { project: '/b' }], event)).toBe(false)
  expect(isStaleAfter(['datasets.list', { project: '/a' }], event)).toBe(false)
  expect(isStaleAfter(['app.settings', {}], settingsEvent)).toBe(true)
  expect(isStaleAfter(['runs.list', { project: '/a' }], settingsEvent)).toBe(false)
  expect(isStaleAfter(['projects.recent', {}], settingsEvent)).toBe(true)
})
