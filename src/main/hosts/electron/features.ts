import { BrowserWindow, dialog, Notification, shell, type OpenDialogOptions } from 'electron'
import type { CheckedInput } from '#shared/contract/index.ts'
import type { HostFeatures } from '../../services/engine/context.ts'
import { focusWindow } from './window.ts'

type Request = CheckedInput<'files.choose'>

const properties: Readonly<Record<Exclude<Request['kind'], 'save-file'>, OpenDialogOptions['properties']>> = {
  'open-file': ['openFile'],
  'open-files': ['openFile', 'multiSelections'],
  'open-folder': ['openDirectory', 'createDirectory'],
}

/** What the desktop can do for the window: its dialogs, its file manager, its notifications. */
export function desktopFeatures(): HostFeatures {
  return {
    kind: 'electron',
    choose,
    reveal(path) {
      shell.showItemInFolder(path)
      return Promise.resolve()
    },
    ...(Notification.isSupported() ? { notify } : {}),
  }
}

/** The system's dialog over the window; null where it was closed. */
export async function choose({ title, kind, proposal }: Request): Promise<readonly string[] | null> {
  const [window] = BrowserWindow.getAllWindows()
  const options = { title, ...(proposal === undefined ? {} : { defaultPath: proposal }) }
  if (kind === 'save-file') {
    const { canceled, filePath } = await (window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
    return canceled || filePath === '' ? null : [filePath]
  }
  const wanted = { ...options, properties: properties[kind] ?? [] }
  const { canceled, filePaths } = await (window === undefined ? dialog.showOpenDialog(wanted) : dialog.showOpenDialog(window, wanted))
  return canceled ? null : filePaths
}

function notify(title: string, body: string): Promise<void> {
  const notification = new Notification({ title, body })
  notification.on('click', focusWindow)
  notification.show()
  return Promise.resolve()
}
