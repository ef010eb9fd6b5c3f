import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'

/** A double of the operating system's shell that keeps what it is told. */
const shell = vi.hoisted(() => ({
  windows: [] as { options: Record<string, unknown>; urls: string[] }[],
  handlers: {} as Record<string, (...given: never[]) => unknown>,
  lock: true,
  quits: 0,
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  const app = Object.assign(new Emitter(), {
    requestSingleInstanceLock: () => shell.lock,
    quit: () => {
      shell.quits += 1
    },
    enableSandbox: () => undefined,
    whenReady: () => Promise.resolve(),
  })
  class BrowserWindow extends Emitter {
    static readonly getAllWindows = (): BrowserWindow[] => []
    readonly urls: string[] = []
    constructor(options: Record<string, unknown>) {
      super()
      shell.windows.push({ options, urls: this.urls })
    }
    loadURL(url: string): Promise<void> {
      this.urls.push(url)
      return Promise.resolve()
    }
  }
  const keep =
    (name: string) =>
    (handler: (...given: never[]) => unknown): void => {
      shell.handlers[name] = handler
    }
  return {
    app,
    BrowserWindow,
    Menu: { setApplicationMenu: () => undefined },
    nativeTheme: Object.assign(new Emitter(), { shouldUseDarkColors: false }),
    protocol: {
      registerSchemesAsPrivileged: () => undefined,
      handle: (_: string, handler: (...given: never[]) => unknown) => keep('protocol')(handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: keep('request'),
        setPermissionCheckHandler: keep('check'),
        setDevicePermissionHandler: keep('device'),
      },
    },
  }
})

const { app } = await import('electron')
const { startElectron } = await import('../../../../src/main/hosts/electron/start.ts')

beforeEach(() => {
  app.removeAllListeners()
  shell.windows.length = 0
  shell.quits = 0
  shell.lock = true
})

/** The double's handler, called as Electron calls it. */
function ask(name: string, ...given: unknown[]): unknown {
  const handler = shell.handlers[name] as ((...all: unknown[]) => unknown) | undefined
  if (handler === undefined) throw new Error(`Nothing handles ${name}`)
  return handler(...given)
}

test('the window is sealed off and shows the page of its own origin', async () => {
  await startElectron()
  expect(shell.windows).toHaveLength(1)
  expect(shell.windows[0]?.options['webPreferences']).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    preload: expect.stringMatching(/preload[\\/]index\.cjs$/) as string,
  })
  expect(shell.windows[0]?.urls).toEqual(['app://millrace/index.html'])
})

test('a second start opens nothing', async () => {
  shell.lock = false
  await startElectron()
  expect(shell.windows).toHaveLength(0)
  expect(shell.quits).toBe(1)
})

test('permissions are refused, but for copying text from the own page', async () => {
  await startElectron()
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

test('pages cannot leave, open windows or embed guests', async () => {
  await startElectron()
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

test('only files of the page are served', async () => {
  await startElectron()
  for (const url of ['app://other/index.html', 'app://millrace/..%2f..%2fpackage.json', 'app://millrace/missing.html']) {
    const response = await ask('protocol', new Request(url))
    expect(response).toMatchObject({ status: 404 })
  }
})
