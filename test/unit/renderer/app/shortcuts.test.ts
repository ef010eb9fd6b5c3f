import { expect, test } from 'vitest'
import { matchesKeys, showKeys, type KeyPress } from '../../../../src/renderer/app/shortcuts.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more })

test('keys match with exactly their modifiers', () => {
  expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+K', false)).toBe(true)
  expect(matchesKeys(press('k', { metaKey: true }), 'mod+K', true)).toBe(true)
  expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+K', true)).toBe(false)
  expect(matchesKeys(press('z', { ctrlKey: true }), 'mod+Shift+Z', false)).toBe(false)
  expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+Shift+Z', false)).toBe(true)
  expect(matchesKeys(press('a', { altKey: true }), 'A', false)).toBe(false)
  expect(matchesKeys(press('F6', { shiftKey: true }), 'F6', false)).toBe(false)
})

test('a sign counts by itself, with or without Shift; digits by their key where another sign is on it', () => {
  expect(matchesKeys(press('?', { shiftKey: true }), '?', false)).toBe(true)
  expect(matchesKeys(press('/', { shiftKey: true }), '/', false)).toBe(true)
  expect(matchesKeys(press('&', { code: 'Digit1' }), '1', false)).toBe(true)
})

test('keys are written as the system does', () => {
  expect(showKeys('mod+Shift+Z', false)).toBe('Ctrl Shift Z')
  expect(showKeys('mod+Enter', true)).toBe('⌘ ↩')
  expect(showKeys('?', false)).toBe('?')
})
