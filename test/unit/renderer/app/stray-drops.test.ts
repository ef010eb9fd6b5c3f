// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ignoreStrayDrops } from '../../../../src/renderer/app/stray-drops.ts'

let stop: () => void

beforeEach(() => {
  stop = ignoreStrayDrops(window)
})

afterEach(() => {
  stop()
})

/** What the page does about something that is dragged over it or dropped on it. */
function happens(name: 'dragover' | 'drop', types: readonly string[], place: Element = document.body): { readonly prevented: boolean; readonly effect: string } {
  const dataTransfer = { types, dropEffect: 'copy' }
  const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer })
  place.dispatchEvent(event)
  return { prevented: event.defaultPrevented, effect: dataTransfer.dropEffect }
}

test('a file beside the places for files goes nowhere', () => {
  expect(happens('dragover', ['Files'])).toEqual({ prevented: true, effect: 'none' })
  expect(happens('drop', ['Files'])).toMatchObject({ prevented: true })
})

test('a place for files keeps what it says of them', () => {
  const zone = document.createElement('div')
  zone.addEventListener('dragover', (event) => event.preventDefault())
  document.body.append(zone)
  expect(happens('dragover', ['Files'], zone)).toEqual({ prevented: true, effect: 'copy' })
})

test('text is dragged as ever', () => {
  for (const name of ['dragover', 'drop'] as const) expect(happens(name, ['text/plain'])).toEqual({ prevented: false, effect: 'copy' })
})
