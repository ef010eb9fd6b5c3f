import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A double of the module `electron`: the operating system's shell, which keeps what it is told and answers dialogs as a test says.
 * Test files mock the module with this one and import it to look at `told`.
 */
type Handler = (...given: never[]) => unknown
type Sent = { readonly channel: string; readonly message: unknown }

class WebContents extends EventEmitter {
  url = ''
  crashed = false
  reloads = 0
  readonly sent: Sent[] = []
  getURL = (): string => this.url
  isCrashed = (): boolean => this.crashed
  reload = (): void => {
    this.reloads += 1
  }
  send = (channel: string, message: unknown): void => {
    this.sent.push({ channel, message })
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly getAllWindows = (): BrowserWindow[] => told.windows
  static readonly getFocusedWindow = (): BrowserWindow | undefined => told.windows.at(-1)
  readonly options: Record<string, unknown>
  readonly urls: string[] = []
  readonly webContents = new WebContents()
  readonly calls: string[] = []
  bounds = { x: 10, y: 20, width: 1000, height: 700 }
  destroyed = false

  constructor(options: Record<string, unknown> = {}) {
    super()
    this.options = options
    told.windows.push(this)
  }
  loadURL(url: string): Promise<void> {
    this.urls.push(url)
    this.webContents.url = url
    return Promise.resolve()
  }
  isDestroyed = (): boolean => this.destroyed
  isMinimized = (): boolean => false
  isMaximized = (): boolean => false
  getNormalBounds = (): typeof this.bounds => this.bounds
  setTitleBarOverlay = (): void => undefined
  show = (): number => this.calls.push('show')
  focus = (): number => this.calls.push('focus')
  maximize = (): number => this.calls.push('maximize')
  close = (): void => {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (prevented) return
    this.destroyed = true
    told.windows.splice(told.windows.indexOf(this), 1)
    this.emit('closed')
  }
}

/** What the shell was told, and what it answers. */
export const told = {
  windows: [] as BrowserWindow[],
  handlers: {} as Record<string, Handler>,
  lock: true,
  quits: 0,
  menus: [] as unknown[],
  dialogs: [] as { readonly kind: string; readonly options: Record<string, unknown> }[],
  /** Answers of dialogs, taken one after the other. */
  answers: [] as unknown[],
  revealed: [] as string[],
  notifications: [] as { readonly title: string; readonly body: string }[],
  folder: mkdtempSync(join(tmpdir(), 'millrace-electron-')),
}

const keep =
  (name: string) =>
  (handler: Handler): void => {
    told.handlers[name] = handler
  }

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  requestSingleInstanceLock: () => told.lock,
  enableSandbox: () => undefined,
  whenReady: () => Promise.resolve(),
  getPath: (name: string) => join(told.folder, name),
  quit: () => {
    told.quits += 1
    let prevented = false
    app.emit('before-quit', { preventDefault: () => (prevented = true) })
    return prevented
  },
})

const answered = (kind: string) => (...given: Record<string, unknown>[]): Promise<unknown> => {
  told.dialogs.push({ kind, options: given.at(-1) ?? {} })
  return Promise.resolve(told.answers.shift())
}
export const dialog = {
  showOpenDialog: answered('open'),
  showSaveDialog: answered('save'),
  showMessageBox: answered('message'),
  showErrorBox: (title: string, content: string) => void told.dialogs.push({ kind: 'error', options: { title, content } }),
}

export const shell = { showItemInFolder: (path: string) => void told.revealed.push(path) }

export class Notification extends EventEmitter {
  static readonly isSupported = (): boolean => true
  readonly about: { readonly title: string; readonly body: string }
  constructor(about: { readonly title: string; readonly body: string }) {
    super()
    this.about = about
  }
  show(): void {
    told.notifications.push(this.about)
    this.emit('click')
  }
}

export const ipcMain = { handle: (channel: string, handler: Handler) => keep(channel)(handler) }
export const Menu = { setApplicationMenu: (menu: unknown) => void told.menus.push(menu), buildFromTemplate: (template: unknown) => template }
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' })
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const protocol = { registerSchemesAsPrivileged: () => undefined, handle: (_: string, handler: Handler) => keep('protocol')(handler) }
export const session = {
  defaultSession: {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: { onBeforeRequest: keep('network') },
  },
}

/** Forgets what it was told. */
export function resetShell(): void {
  app.removeAllListeners()
  nativeTheme.removeAllListeners()
  Object.assign(told, { handlers: {}, lock: true, quits: 0 })
  for (const list of [told.windows, told.menus, told.dialogs, told.answers, told.revealed, told.notifications]) list.length = 0
}

/** A handler that the host registered, called as Electron calls it. */
export function ask(name: string, ...given: unknown[]): unknown {
  const handler = told.handlers[name] as ((...all: unknown[]) => unknown) | undefined
  if (handler === undefined) throw new Error(`Nothing handles ${name}`)
  return handler(...given)
}
