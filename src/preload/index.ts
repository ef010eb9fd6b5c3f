import { contextBridge } from 'electron'
import { SHELL_INFO_KEY, type ShellInfo } from '#shared/shell-info.ts'

const shell: ShellInfo = { electron: process.versions.electron, platform: process.platform }

contextBridge.exposeInMainWorld(SHELL_INFO_KEY, shell)
