import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { HostCommand } from '#shared/contract/host-command.ts'

/** What the menu depends on. */
export type MenuParts = {
  readonly platform: NodeJS.Platform
  /** Folders of projects, the latest first. */
  readonly recent: readonly string[]
  /** Shows the tools for web pages; in a checkout only. */
  readonly tools: boolean
  /** Hands a command to the window. */
  send(command: HostCommand): void
  /** Asks for a folder and opens the project in it. */
  openProject(): void
}

const shownProjects = 10

/** The menu of the application; outside macOS it is not shown, but its keys act. */
export function menuTemplate({ platform, recent, tools, send, openProject }: MenuParts): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      send({ kind: 'command', id })
    },
  })
  const settings = command('Settings …', 'go-settings', 'CmdOrCtrl+,')
  const projects = recent.slice(0, shownProjects).map((path): MenuItemConstructorOptions => ({
    label: basename(path).replaceAll('&', '&&'),
    toolTip: path,
    click: () => {
      send({ kind: 'open-project', path })
    },
  }))
  return [
    ...(mac
      ? [{ label: 'Millrace', submenu: [{ role: 'about' as const }, { type: 'separator' as const }, settings, { type: 'separator' as const }, { role: 'hide' as const }, { role: 'hideOthers' as const }, { role: 'unhide' as const }, { type: 'separator' as const }, { role: 'quit' as const }] }]
      : []),
    {
      label: '&File',
      submenu: [
        command('Start from my data', 'go-new', 'CmdOrCtrl+N'),
        { label: 'Open project …', accelerator: 'CmdOrCtrl+O', click: openProject },
        { label: 'Open recent', enabled: projects.length > 0, submenu: projects },
        { type: 'separator' },
        ...(mac ? [{ role: 'close' as const }] : [settings, { type: 'separator' as const }, { role: 'quit' as const }]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Command palette', 'palette'),
        command('Activity', 'go-activity'),
        { type: 'separator' },
        { role: 'reload' },
        ...(tools ? [{ role: 'toggleDevTools' as const }] : []),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [command('Keyboard shortcuts', 'shortcuts'), ...(mac ? [] : [{ role: 'about' as const }])] },
  ]
}
