import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { app, ask, BrowserWindow, nativeTheme, resetShell, told } from './electron-double.ts'
import { startElectron } from '../../../../src/main/hosts/electron/start.ts'

vi.mock('electron', () => import('./electron-double.ts'))

const config = mkdtempSync(join(tmpdir(), 'millrace-config-'))
const ownFrame = { url: 'app://millrace/index.html#/home', parent: null }

beforeEach(() => {
  process.env['MILLRACE_CONFIG'] = config
  resetShell()
})

afterEach(async () => {
  // The engine is closed in order.
  app.emit('before-quit', { preventDefault: () => undefined })
  await vi.waitUntil(() => told.quits > 0, 20_000)
})

const call = (method: unknown, input: unknown, senderFrame: unknown = ownFrame): unknown => ask('millrace:call', { senderFrame }, method, input)

test('the window is sealed off and shows the page of its own origin', async () => {
  await startElectron(['electron', '.', '--project', '/data/my project'])
  expect(told.windows).toHaveLength(1)
  // Exactly these: no weaker web security, no insecure content, no experiments, no Blink features.
  expect(told.windows[0]?.options['webPreferences']).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    preload: expect.stringMatching(/preload[\\/]index\.cjs$/) as string,
  })
  expect(told.windows[0]?.urls).toEqual(['app://millrace/index.html?project=%2Fdata%2Fmy+project'])
})

test('a second start opens nothing; the first one comes to the front and opens what the second was asked for', async () => {
  told.lock = false
  await startElectron()
  expect(told.windows).toHaveLength(0)
  expect(told.quits).toBe(1)
  told.lock = true
  await startElectron([])
  app.emit('second-instance', {}, ['electron', '.', '--project', '/data/other'])
  await vi.waitFor(() => expect(told.windows[0]?.webContents.sent).toEqual([{ channel: 'millrace:command', message: { kind: 'open-project', path: '/data/other' } }]), 20_000)
  expect(told.windows[0]?.calls).toContain('focus')
})

test('the page is answered and told events; the engine runs here', async () => {
  await startElectron([])
  expect(await call('app.info', {})).toMatchObject({ ok: true, value: { host: 'electron', dialogs: true, notifications: true } })
  expect(await call('app.info', 3)).toMatchObject({ ok: false, error: { code: 'refused' } })
  await call('app.saveSettings', { theme: 'dark' })
  expect(told.windows[0]?.webContents.sent).toContainEqual({ channel: 'millrace:event', message: { topic: 'settings' } })
  await vi.waitFor(() => expect(nativeTheme.themeSource).toBe('dark'), 20_000)
})

test.each<[string, unknown]>([
  ['another site', { url: 'https://example.org/', parent: null }],
  ['a page that only looks like it', { url: 'app://millrace.example.org/', parent: null }],
  ['a frame within the page', { url: 'app://millrace/index.html', parent: {} }],
  ['a page that is gone', null],
])('a message of %s is refused with a typed error and a line in the log', async (_, frame) => {
  await startElectron([])
  expect(await call('app.info', {}, frame)).toMatchObject({ ok: false, error: { code: 'refused', headline: 'The message comes from another page than Millrace’s own' } })
  await vi.waitFor(() => expect(readFileSync(join(told.folder, 'logs', 'millrace.log'), 'utf8')).toContain('Refused a message of'), 20_000)
})

test.each<[string, unknown, unknown, string]>([
  ['a method that is no name', { a: 1 }, {}, 'The window sent a message of the wrong shape'],
  ['a name that is too long', 'x'.repeat(300), {}, 'The window sent a message of the wrong shape'],
  ['too much text', 'app.info', { text: 'x'.repeat(6e6) }, 'The message is too large'],
  ['too many cells', 'app.info', { cells: new Float64Array(1e6) }, 'The message is too large'],
])('%s is refused with a typed error and a line in the log', async (_, method, input, headline) => {
  await startElectron([])
  expect(await call(method, input)).toMatchObject({ ok: false, error: { code: 'refused', headline } })
  await vi.waitFor(() => expect(readFileSync(join(told.folder, 'logs', 'millrace.log'), 'utf8')).toContain(`Refused a message of app://millrace/index.html#/home: ${headline}`), 20_000)
})

test('a message of the wrong shape leaves a line in the log that names the field', async () => {
  await startElectron([])
  expect(await call('app.saveSettings', { theme: 'pink' })).toMatchObject({ ok: false, error: { code: 'refused' } })
  await vi.waitFor(() => expect(readFileSync(join(told.folder, 'logs', 'millrace.log'), 'utf8')).toContain('app.saveSettings: theme'), 20_000)
})

test('events go to the own page only', async () => {
  await startElectron([])
  const [window] = told.windows
  if (window !== undefined) window.webContents.url = 'https://example.org/'
  await call('app.saveSettings', { theme: 'system' })
  expect(window?.webContents.sent).toEqual([])
})

test('permissions are refused, but for copying text from the own page', async () => {
  await startElectron([])
  expect(ask('check', null, 'clipboard-sanitized-write', 'app://millrace/')).toBe(true)
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'openExternal']) {
    expect(ask('check', null, permission, 'app://millrace/')).toBe(false)
  }
  expect(ask('check', null, 'clipboard-sanitized-write', 'https://example.org/')).toBe(false)
  const answers: boolean[] = []
  ask('request', null, 'media', (answer: boolean) => answers.push(answer), { requestingUrl: 'app://millrace/' })
  expect(answers).toEqual([false])
  expect(ask('device')).toBe(false)
})

test('no request leaves the machine, whatever the page says', async () => {
  await startElectron([])
  const cancelled = (url: string): boolean => {
    let answer = false
    ask('network', { url }, (given: { cancel: boolean }) => {
      answer = given.cancel
    })
    return answer
  }
  for (const url of ['https://example.org/', 'http://127.0.0.1:80/', 'ws://example.org/', 'file:///etc/passwd', 'app://other/']) expect(cancelled(url), url).toBe(true)
  for (const url of ['app://millrace/index.html', 'blob:app://millrace/1', 'data:image/png;base64,AA']) expect(cancelled(url), url).toBe(false)
})

test('pages cannot leave, open windows or embed guests', async () => {
  await startElectron([])
  const opened: unknown[] = []
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => unknown) => opened.push(handler()),
  })
  app.emit('web-contents-created', {}, contents)
  expect(opened).toEqual([{ action: 'deny' }])

  const prevented = (event: string, url: string): boolean => {
    const preventDefault = vi.fn<() => void>()
    contents.emit(event, { url, preventDefault })
    return preventDefault.mock.calls.length === 1
  }
  expect(prevented('will-navigate', 'https://example.org/')).toBe(true)
  expect(prevented('will-navigate', 'app://millrace.example.org/')).toBe(true)
  expect(prevented('will-navigate', 'file:///etc/passwd')).toBe(true)
  expect(prevented('will-redirect', 'https://example.org/')).toBe(true)
  expect(prevented('will-attach-webview', '')).toBe(true)
  expect(prevented('will-navigate', 'app://millrace/index.html#home')).toBe(false)
})

test('only files of the page are served, with the policy', async () => {
  await startElectron([])
  for (const url of ['app://other/index.html', 'app://millrace/..%2f..%2fpackage.json', 'app://millrace/missing.html']) {
    const response = await ask('protocol', new Request(url))
    expect(response).toMatchObject({ status: 404 })
  }
})

test('dialogs, file manager and notifications are the system’s own', async () => {
  await startElectron([])
  told.answers.push({ canceled: false, filePaths: ['/data/a.csv', '/data/b.csv'] }, { canceled: true, filePaths: [] }, { canceled: false, filePath: '/data/out.csv' })
  expect(await call('files.choose', { title: 'Choose data', kind: 'open-files' })).toEqual({ ok: true, value: { paths: ['/data/a.csv', '/data/b.csv'] } })
  expect(await call('files.choose', { title: 'Choose a folder', kind: 'open-folder', proposal: '/data' })).toEqual({ ok: true, value: { paths: null } })
  expect(await call('files.choose', { title: 'Save', kind: 'save-file', proposal: '/data/out.csv' })).toEqual({ ok: true, value: { paths: ['/data/out.csv'] } })
  expect(told.dialogs.map(({ kind, options }) => [kind, options['properties'], options['defaultPath']])).toEqual([
    ['open', ['openFile', 'multiSelections'], undefined],
    ['open', ['openDirectory', 'createDirectory'], '/data'],
    ['save', undefined, '/data/out.csv'],
  ])
  expect(await call('files.reveal', { path: config })).toEqual({ ok: true, value: {} })
  expect(await call('files.reveal', { path: join(config, 'gone') })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  expect(told.revealed).toEqual([config])
  await call('app.notify', { title: 'Run churn', body: 'ROC AUC 0.843' })
  expect(told.notifications).toEqual([{ title: 'Run churn', body: 'ROC AUC 0.843' }])
  expect(told.windows[0]?.calls).toContain('focus')
})

test('a page that crashes is loaded anew; one that keeps crashing is asked about', async () => {
  await startElectron([])
  const [window] = told.windows
  const crash = (reason: string): boolean | undefined => window?.webContents.emit('render-process-gone', {}, { reason, exitCode: 11 })
  crash('clean-exit')
  expect(window?.webContents.reloads).toBe(0)
  for (let i = 0; i < 3; i += 1) crash('crashed')
  expect(window?.webContents.reloads).toBe(3)
  told.answers.push({ response: 0 })
  crash('oom')
  await vi.waitFor(() => expect(window?.webContents.reloads).toBe(4), 20_000)
  expect(told.dialogs.at(-1)?.options['message']).toBe('The window keeps failing')
})

test('the menu names recent projects and hands its commands to the window', async () => {
  type Item = { readonly label?: string; readonly submenu?: readonly Item[]; readonly click?: () => void }
  await startElectron([])
  const project = join(mkdtempSync(join(tmpdir(), 'millrace-menu-')), 'my & project')
  expect(await call('projects.create', { path: project })).toMatchObject({ ok: true })
  const item = (...labels: readonly string[]): Item | undefined => {
    let items = told.menus.at(-1) as readonly Item[]
    let found: Item | undefined
    for (const label of labels) {
      found = items.find((one) => one.label === label)
      items = found?.submenu ?? []
    }
    return found
  }
  await vi.waitFor(() => expect(item('&File', 'Open recent', 'my && project')).toBeDefined(), 20_000)
  item('&File', 'Open recent', 'my && project')?.click?.()
  item('&View', 'Activity')?.click?.()
  told.answers.push({ canceled: false, filePaths: ['/data/p'] })
  item('&File', 'Open project …')?.click?.()
  await vi.waitFor(
    () =>
      expect(told.windows[0]?.webContents.sent.filter(({ channel }) => channel === 'millrace:command').map(({ message }) => message)).toEqual([
        { kind: 'open-project', path: project },
        { kind: 'command', id: 'go-activity' },
        { kind: 'open-project', path: '/data/p' },
      ]),
    20_000,
  )
})

test('the window comes back where it was, unless no screen is there any more', async () => {
  await startElectron([])
  const kept = join(told.folder, 'userData', 'window.json')
  const [first] = told.windows
  if (first !== undefined) first.bounds = { x: 300, y: 200, width: 900, height: 650 }
  first?.emit('move')
  first?.emit('close', { preventDefault: () => undefined })
  await vi.waitFor(() => expect(existsSync(kept) && readFileSync(kept, 'utf8')).toContain('300'), 20_000)
  app.emit('activate')
  await startElectron([])
  expect(told.windows.at(-1)?.options).toMatchObject({ x: 300, y: 200, width: 900, height: 650 })
})

test('a window that is closed while nothing runs just closes', async () => {
  await startElectron([])
  const window = told.windows[0] ?? new BrowserWindow()
  window.close()
  expect(window.destroyed).toBe(true)
})
