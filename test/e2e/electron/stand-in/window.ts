import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { app } from './app.ts'
import { openBrowser } from './browser.ts'
import { openWindows } from './open-windows.ts'
import { runPreload } from './page-script.ts'
import { fromWeb, toWeb } from './session.ts'

type Options = { readonly width?: number; readonly height?: number; readonly x?: number; readonly y?: number; readonly webPreferences?: { readonly preload?: string } }

let windows = 0

class WebContents extends EventEmitter {
  readonly #window: BrowserWindow
  crashed = false
  constructor(window: BrowserWindow) {
    super()
    this.#window = window
  }
  getURL = (): string => fromWeb(this.#window.page?.url() ?? '')
  isCrashed = (): boolean => this.crashed
  send = (channel: string, message: unknown): void => {
    // A page that is just loading misses it, as in Electron.
    this.#window.page?.evaluate(([channel, message]) => (globalThis as { millraceStandInTell?: (channel: string, message: unknown) => void }).millraceStandInTell?.(channel, message), [channel, message] as const).catch(() => undefined)
  }
  reload = (): void => {
    void this.#window.reopen()
  }
  setWindowOpenHandler = (): void => undefined
}

export class BrowserWindow extends EventEmitter {
  static readonly getAllWindows = (): BrowserWindow[] => [...openWindows.values()] as BrowserWindow[]
  static readonly getFocusedWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows().at(-1) ?? null
  readonly id = (windows += 1)
  readonly webContents = new WebContents(this)
  page: Page | undefined
  readonly #options: Options
  #bounds: { x: number; y: number; width: number; height: number }
  #destroyed = false
  #address = ''

  constructor(options: Options) {
    super()
    this.#options = options
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    openWindows.set(this.id, this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(address: string): Promise<void> {
    this.#address = address
    this.page = await this.#newPage()
    await this.page.goto(toWeb(address))
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  /** A page whose process died cannot be used again: the window gets another one. */
  async reopen(): Promise<void> {
    const before = this.page
    this.webContents.crashed = false
    await this.loadURL(before === undefined ? this.#address : fromWeb(before.url()))
    await before?.close().catch(() => undefined)
  }
  async #newPage(): Promise<Page> {
    const context = await openBrowser()
    const page = await context.newPage()
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    const { preload } = this.#options.webPreferences ?? {}
    if (preload !== undefined) await page.addInitScript(`(${String(runPreload)})((require, module, exports, process) => {${readFileSync(preload, 'utf8')}\n})`)
    page.on('crash', () => {
      this.webContents.crashed = true
      this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    page.on('close', () => {
      if (this.page === page) this.#gone()
    })
    return page
  }
  close = (): void => {
    let prevented = false
    this.emit('close', {
      preventDefault: () => {
        prevented = true
      },
    })
    if (prevented) return
    const { page } = this
    this.#gone()
    void page?.close().catch(() => undefined)
  }
  #gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.page = undefined
    openWindows.delete(this.id)
    this.emit('closed')
    if (openWindows.size === 0) app.emit('window-all-closed')
  }
  isDestroyed = (): boolean => this.#destroyed
  isMinimized = (): boolean => false
  isMaximized = (): boolean => false
  getNormalBounds = (): { x: number; y: number; width: number; height: number } => this.#bounds
  setTitleBarOverlay = (): void => undefined
  show = (): void => undefined
  maximize = (): void => undefined
  focus = (): void => {
    void this.page?.bringToFront().catch(() => undefined)
  }
}
