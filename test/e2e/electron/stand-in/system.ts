import { EventEmitter } from 'node:events'
import { openWindows } from './open-windows.ts'
import { record, showDialog, type MenuItem } from './record.ts'

const show = (kind: string) => (...given: unknown[]): Promise<unknown> => showDialog(kind, given.at(-1))

export const dialog = {
  showOpenDialog: show('open'),
  showSaveDialog: show('save'),
  showMessageBox: show('message'),
  showErrorBox: (title: string, content: string): void => {
    record.dialogs.push({ kind: 'error', options: { title, content } })
  },
}

export const shell = {
  showItemInFolder: (path: string): void => {
    record.revealed.push(path)
  },
}

export class Notification extends EventEmitter {
  static readonly isSupported = (): boolean => true
  readonly about: unknown
  constructor(about: unknown) {
    super()
    this.about = about
  }
  show(): void {
    record.notifications.push(this.about)
  }
}

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]): readonly MenuItem[] => template,
  setApplicationMenu: (menu: readonly MenuItem[]): void => {
    record.menu = menu
  },
}

class NativeTheme extends EventEmitter {
  #source = 'system'
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
  get themeSource(): string {
    return this.#source
  }
  /** Pages see the choice as the colour scheme of their system. */
  set themeSource(source: string) {
    this.#source = source
    const colorScheme = source === 'system' ? null : (source as 'light' | 'dark')
    // A page that has just crashed takes none.
    for (const { page } of openWindows.values()) void page?.emulateMedia({ colorScheme }).catch(() => undefined)
    this.emit('updated')
  }
}

export const nativeTheme = new NativeTheme()
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
