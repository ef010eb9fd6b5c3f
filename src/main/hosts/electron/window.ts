import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { appRoot } from '../../base/app-root.ts'
import { PAGE_ORIGIN } from './own-page.ts'

/** The bar over which the system draws its buttons; the values of `--mr-rail` and `--mr-rail-text` in tokens.css. */
const TITLE_BAR = {
  light: { color: '#e9edee', symbolColor: '#16242b' },
  dark: { color: '#12191c', symbolColor: '#e6edef' },
} as const

/** Height of the page's own title bar in pixels, `--mr-h-title` in tokens.css. */
const TITLE_BAR_HEIGHT = 40

/** Opens the main window on the built page; it has no Node and shares nothing with it but the preload's few values. */
export async function openWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Millrace',
    backgroundColor: titleBar().color,
    titleBarStyle: 'hidden',
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
  window.once('ready-to-show', () => window.show())
  followTheme(window)
  await window.loadURL(`${PAGE_ORIGIN}/index.html`)
  return window
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
