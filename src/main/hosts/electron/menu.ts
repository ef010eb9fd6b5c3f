import { app, BrowserWindow, Menu } from 'electron'
import type { HostCommand } from '#shared/contract/host-command.ts'
import type { Log } from '../../base/log.ts'
import type { Engine } from '../../services/engine/create-engine.ts'
import type { SettingsFile } from '../../services/engine/settings-file.ts'
import { choose } from './features.ts'
import { menuTemplate } from './menu-template.ts'
import { sendCommand } from './transport.ts'
import { focusWindow } from './window.ts'

/** Shows the application's menu and keeps its list of recent projects up to date. */
export function keepMenu(engine: Pick<Engine, 'subscribe'>, settings: Pick<SettingsFile, 'recent'>, log: Log): void {
  const show = async (): Promise<void> => {
    const recent = (await settings.recent()).map(({ path }) => path)
    const template = menuTemplate({ platform: process.platform, recent, tools: !app.isPackaged, send: toFront, openProject: () => void openProject(log) })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const update = (): void => {
    show().catch((error: unknown) => {
      log.warn(`The menu could not be made: ${String(error)}`)
    })
  }
  engine.subscribe(({ topic }) => {
    if (topic === 'settings') update()
  })
  update()
}

/** Gives the window in front what the menu asks. */
export function toFront(command: HostCommand): void {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (window === undefined) return
  focusWindow()
  sendCommand(window, command)
}

async function openProject(log: Log): Promise<void> {
  try {
    const [path] = (await choose({ title: 'Open a project', kind: 'open-folder' })) ?? []
    if (path !== undefined) toFront({ kind: 'open-project', path })
  } catch (error) {
    log.error(`The dialog failed: ${String(error)}`)
  }
}
