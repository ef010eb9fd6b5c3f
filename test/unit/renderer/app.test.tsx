import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { App } from '../../../src/renderer/app/app.tsx'
import { readShellInfo } from '../../../src/renderer/app/read-shell-info.ts'
import { followSystemTheme } from '../../../src/renderer/app/system-theme.ts'
import { ownData } from '../../../src/renderer/screens/home/commands.ts'

test('the page has one heading of the first level, the loop, and each command once', () => {
  const page = renderToStaticMarkup(<App version="1.2.3" shell={undefined} />)
  expect(page.match(/<h1>/g)).toHaveLength(1)
  expect(page).toContain('aria-label="The loop"')
  for (const { command } of ownData) expect(page.split(`<code>${command}</code>`)).toHaveLength(2)
  expect(page).toContain('Millrace 1.2.3')
  expect(page).toContain('In a browser')
})

test('the status bar names the shell it runs in', () => {
  expect(renderToStaticMarkup(<App version="1.2.3" shell={{ electron: '45.4.1', platform: 'linux' }} />)).toContain('Electron 45.4.1')
})

test('what the preload says is checked', () => {
  expect(readShellInfo({ millraceShell: { electron: '45.4.1', platform: 'linux' } })).toEqual({ electron: '45.4.1', platform: 'linux' })
  expect(readShellInfo({ millraceShell: 'nonsense' })).toBeUndefined()
  expect(readShellInfo({})).toBeUndefined()
})

test('the root element is dark while the system is', () => {
  const classes = new Set<string>()
  const root = {
    classList: {
      toggle: (name: string, on: boolean) => (on ? classes.add(name) : classes.delete(name)),
    } as unknown as DOMTokenList,
  }
  const listeners: ((event: { matches: boolean }) => void)[] = []
  const preference = {
    matches: true,
    addEventListener: (_: string, listener: (event: { matches: boolean }) => void) => listeners.push(listener),
  } as unknown as MediaQueryList
  followSystemTheme(root, preference)
  expect(classes.has('dark')).toBe(true)
  listeners[0]?.({ matches: false })
  expect(classes.has('dark')).toBe(false)
})
