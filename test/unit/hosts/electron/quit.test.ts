import { beforeEach, expect, test, vi } from 'vitest'
import { app, BrowserWindow, resetShell, told } from './electron-double.ts'
import { holdLastWindow, quitInOrder } from '../../../../src/main/hosts/electron/quit.ts'
import { isLarger } from '../../../../src/main/hosts/electron/message-size.ts'
import { isWithinReach } from '../../../../src/main/hosts/electron/window-place.ts'
import { wishOf } from '../../../../src/main/hosts/electron/wish.ts'

vi.mock('electron', () => import('./electron-double.ts'))

beforeEach(resetShell)

function engineThat(busy: boolean): { busy: () => boolean; close: () => Promise<void>; closed: number } {
  const engine = {
    closed: 0,
    busy: () => busy,
    close: () => {
      engine.closed += 1
      return Promise.resolve()
    },
  }
  return engine
}

test('without work the engine is closed, then the application ends', async () => {
  const engine = engineThat(false)
  const quitting = quitInOrder(engine)
  expect(app.quit()).toBe(true)
  await vi.waitFor(() => expect(quitting.ended()).toBe(true), 20_000)
  expect({ closed: engine.closed, quits: told.quits, asked: told.dialogs.length }).toEqual({ closed: 1, quits: 2, asked: 0 })
  // The second time nothing holds it.
  expect(app.quit()).toBe(false)
})

test('running work is asked about; keeping it keeps everything', async () => {
  const engine = engineThat(true)
  const quitting = quitInOrder(engine)
  told.answers.push({ response: 0 })
  app.quit()
  await vi.waitFor(() => expect(told.dialogs).toHaveLength(1), 20_000)
  expect(told.dialogs[0]?.options).toMatchObject({ message: 'Work is running', buttons: ['Keep working', 'Stop the work and quit'], defaultId: 0, cancelId: 0 })
  await new Promise((resolve) => setImmediate(resolve))
  expect({ closed: engine.closed, ended: quitting.ended() }).toEqual({ closed: 0, ended: false })
  told.answers.push({ response: 1 })
  app.quit()
  await vi.waitFor(() => expect(quitting.ended()).toBe(true), 20_000)
  expect(engine.closed).toBe(1)
})

test('the last window does not close over running work', async () => {
  const engine = engineThat(true)
  const quitting = quitInOrder(engine)
  const [first, last] = [new BrowserWindow(), new BrowserWindow()]
  for (const window of [first, last]) holdLastWindow(window as never, engine, quitting)
  first.close()
  expect(first.destroyed).toBe(true)
  told.answers.push({ response: 0 })
  last.close()
  expect(last.destroyed).toBe(false)
  await vi.waitFor(() => expect(told.dialogs).toHaveLength(1), 20_000)
})

test('the size of a message counts characters, bytes and fields at any depth', () => {
  expect(isLarger({ a: ['x'.repeat(50), new Float64Array(4)], b: new Map([['k', new Set([1, 2])]]) }, 100)).toBe(false)
  expect(isLarger('x'.repeat(101), 100)).toBe(true)
  expect(isLarger({ deep: { deeper: [new ArrayBuffer(101)] } }, 100)).toBe(true)
  expect(isLarger(Array.from({ length: 101 }, () => 0), 100)).toBe(true)
  const circle: { self?: unknown } = {}
  circle.self = circle
  expect(isLarger(circle, 100)).toBe(true)
})

test('a window counts as within reach where its upper edge can be taken hold of', () => {
  const area = { x: 0, y: 0, width: 1920, height: 1080 }
  expect(isWithinReach({ x: 100, y: 100, width: 800, height: 600 }, area)).toBe(true)
  expect(isWithinReach({ x: 1900, y: 100, width: 800, height: 600 }, area)).toBe(false)
  expect(isWithinReach({ x: -700, y: 100, width: 800, height: 600 }, area)).toBe(true)
  expect(isWithinReach({ x: 100, y: -50, width: 800, height: 600 }, area)).toBe(false)
  expect(isWithinReach({ x: 100, y: 1079, width: 800, height: 600 }, area)).toBe(false)
})

test('the wish is read from the arguments, among those of Electron', () => {
  expect(wishOf(['/electron', '--no-sandbox', '/app', '--sample', '/data/s'])).toEqual({ sample: '/data/s' })
  expect(wishOf(['/electron', '/app', '--project', '/data/p'])).toEqual({ project: '/data/p' })
  expect(wishOf(['/electron', '/app', '--project'])).toEqual({})
  expect(wishOf(['/electron', '/app', '--project', '--sample', '/s'])).toEqual({ sample: '/s' })
})
