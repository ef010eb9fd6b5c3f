// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { startColorScheme, useColorScheme } from '../../../../src/renderer/app/theme/color-scheme.ts'

function place(systemIsDark: boolean, remembered: string | null = null) {
  const listeners: (() => void)[] = []
  const stored = new Map<string, string>(remembered === null ? [] : [['millrace-theme', remembered]])
  const dark = { matches: systemIsDark, addEventListener: (_: string, listener: () => void) => listeners.push(listener) }
  const root = document.createElement('html')
  const choose = startColorScheme({
    root,
    dark: dark as unknown as MediaQueryList,
    memory: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) },
  })
  const switchSystem = (matches: boolean): void => {
    dark.matches = matches
    for (const listener of listeners) listener()
  }
  const shown = (): string => {
    expect(root.classList.contains('dark')).toBe(root.dataset['mantineColorScheme'] === 'dark')
    return useColorScheme.getState().shown
  }
  return { choose, switchSystem, shown, stored }
}

test('the window is dark while the system is', () => {
  const { switchSystem, shown } = place(true)
  expect(shown()).toBe('dark')
  switchSystem(false)
  expect(shown()).toBe('light')
})

test('a choice of the user holds against the system and is remembered', () => {
  const { choose, switchSystem, shown, stored } = place(true)
  choose('light')
  expect(shown()).toBe('light')
  switchSystem(true)
  expect(shown()).toBe('light')
  expect(stored.get('millrace-theme')).toBe('light')
  choose('system')
  expect(shown()).toBe('dark')
})

test('what was chosen last is shown before the engine has answered', () => {
  expect(place(false, 'dark').shown()).toBe('dark')
  expect(place(true, 'nonsense').shown()).toBe('dark')
})
