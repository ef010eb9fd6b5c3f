// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { Settings } from '#shared/domain/settings.ts'
import { fakeEngine, type FakeEngine } from '../fake-engine.ts'
import { renderWindow } from '../render-window.tsx'

const info: MethodOutput<'app.info'> = {
  version: '1.2.3', host: 'electron', platform: 'linux', settingsFile: '/home/me/.config/millrace/settings.json', projectsFolder: '/home/me/Millrace', dialogs: true, notifications: true,
  memoryBytes: 25e9, memoryFrom: 'machine', machineMemoryBytes: 32e9, threads: 8,
}

function engine(change: Partial<MethodOutput<'app.info'>> = {}): FakeEngine {
  let settings: Settings = { theme: 'system', confirmDeletion: true, notifyWhenDone: true, projectsFolder: null, memoryBytes: null }
  return fakeEngine({
    'app.info': { ...info, ...change },
    'app.settings': () => settings,
    'app.saveSettings': (changed) => {
      settings = { ...settings, ...(changed as Partial<Settings>) }
      return settings
    },
    'files.choose': { paths: ['/data/projects'] },
    'devices.selfTest': { job: 'j1' },
    'projects.recent': { projects: [{ path: '/p/a', name: 'a', openedAt: 1, bytes: null, problem: 'gone', summary: null }] },
    'projects.forget': {},
  })
}

const saved = ({ calls }: FakeEngine): readonly unknown[] => calls.filter(({ name }) => name === 'app.saveSettings').map(({ input }) => input)

test('choices are saved at once', async () => {
  const fake = engine()
  const { user } = renderWindow({ engine: fake, at: '/settings' })
  await user.click(await screen.findByRole('radio', { name: 'Dark' }))
  await user.click(screen.getByRole('switch', { name: 'Ask before deleting' }))
  await user.click(screen.getByRole('switch', { name: 'Tell when long work ends' }))
  await user.type(screen.getByRole('textbox', { name: 'Folder for new projects' }), '/work{Enter}')
  await waitFor(() => expect(saved(fake)).toEqual([{ theme: 'dark' }, { confirmDeletion: false }, { notifyWhenDone: false }, { projectsFolder: '/work' }]))
  await user.click(screen.getByRole('button', { name: 'Choose folder' }))
  await waitFor(() => expect(saved(fake).at(-1)).toEqual({ projectsFolder: '/data/projects' }))
})

test('what the host cannot do is not offered', async () => {
  renderWindow({ engine: engine({ dialogs: false, notifications: false }), at: '/settings' })
  await screen.findByRole('switch', { name: 'Ask before deleting' })
  expect(screen.queryByRole('switch', { name: 'Tell when long work ends' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Choose folder' })).toBeNull()
})

test('a memory limit is kept within what the machine has, and taken off again', async () => {
  const fake = engine()
  const { user } = renderWindow({ engine: fake, at: '/settings?section=devices' })
  const field = await screen.findByRole('textbox', { name: 'Most memory for one step, in GB' })
  await user.type(field, '64{Enter}')
  expect(await screen.findByText('Enter 0.3 to 32 GB.')).toBeDefined()
  expect(saved(fake)).toEqual([])
  await user.clear(field)
  await user.type(field, '8{Enter}')
  await waitFor(() => expect(saved(fake)).toEqual([{ memoryBytes: 8e9 }]))
  await user.click(await screen.findByRole('button', { name: 'Remove the limit' }))
  await waitFor(() => expect(saved(fake).at(-1)).toEqual({ memoryBytes: null }))
})

test('a limit of the environment is told and not offered for change', async () => {
  renderWindow({ engine: engine({ memoryFrom: 'environment' }), at: '/settings?section=devices' })
  expect(await screen.findByText(/MILLRACE_MEMORY in the environment says 25 GB/)).toBeDefined()
  expect(screen.getByRole('textbox', { name: 'Most memory for one step, in GB' })).toHaveProperty('disabled', true)
})

test('devices say what their self-test found, and are tested again', async () => {
  const fake = engine()
  const { user } = renderWindow({ engine: fake, at: '/settings?section=devices' })
  expect(await screen.findByText('in use, self-test passed')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Test the devices' }))
  await waitFor(() => expect(fake.calls.some(({ name }) => name === 'devices.selfTest')).toBe(true))
})

test('privacy says what is stored where, and the list of projects can be forgotten', async () => {
  const fake = engine()
  const { user } = renderWindow({ engine: fake, at: '/settings?section=privacy' })
  const table = await screen.findByRole('table', { name: 'What is stored where' })
  await waitFor(() => expect(within(table).getByText(info.settingsFile)).toBeDefined())
  await user.click(await screen.findByRole('button', { name: 'Forget the list' }))
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'projects.forget', input: { path: '/p/a' } }))
})

test('tabs change the address, so that a place in the settings can be linked', async () => {
  const { user, path } = renderWindow({ engine: engine(), at: '/settings' })
  await user.click(await screen.findByRole('tab', { name: 'Keyboard' }))
  await waitFor(() => expect(path()).toBe('/settings?section=keyboard'))
  expect(await screen.findByText('Switch project')).toBeDefined()
})
