import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { windowSearch } from '#shared/window-address.ts'
import { appRoot } from '../../base/app-root.ts'
import { PAGE_ORIGIN } from './own-page.ts'
import type { WindowPlace } from './window-place.ts'

/** The bar over which the system draws its buttons; the values of `--mr-rail` and `--mr-rail-text` in tokens.css. */
const TITLE_BAR = {
  light: { color: '#e9edee', symbolColor: '#16242b' },
  dark: { color: '#12191c', symbolColor: '#e6edef' },
} as const

/** Height of the page's own title bar in pixels, `--mr-h-title` in tokens.css. */
const TITLE_BAR_HEIGHT = 40

/** Makes the main window, which has no Node and shares nothing with its page but the preload's few functions; shown when it has something to show. */
export function createWindow(place: WindowPlace | undefined): BrowserWindow {
  const { maximized = false, ...bounds } = place ?? { width: 1440, height: 900 }
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Millrace',
    backgroundColor: titleBar().color,
    titleBarStyle: 'hidden',
    autoHideMenuBar: true,
    ...(process.platform === 'darwin' ? {} : { titleBarOverlay: { ...titleBar(), height: TITLE_BAR_HEIGHT } }),
    webPreferences: {
      preload: join(appRoot, 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  followTheme(window)
  return window
}

/** Loads the built page, on the project that it shall open first. */
export async function showPage(window: BrowserWindow, project: string | undefined): Promise<void> {
  await window.loadURL(`${PAGE_ORIGIN}/index.html${windowSearch(project)}`)
}

/** Brings the window to the front. */
export function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

function titleBar(): (typeof TITLE_BAR)['light' | 'dark'] {
  return nativeTheme.shouldUseDarkColors ? TITLE_BAR.dark : TITLE_BAR.light
}

function followTheme(window: BrowserWindow): void {
  if (process.platform === 'darwin') return
  const update = (): void => window.setTitleBarOverlay({ ...titleBar(), height: TITLE_BAR_HEIGHT })
  nativeTheme.on('updated', update)
  window.once('closed', () => nativeTheme.off('updated', update))
}
