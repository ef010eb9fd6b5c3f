import { contextBridge } from 'electron'
import { BRIDGE_KEY } from '#shared/contract/bridge.ts'
import { SHELL_INFO_KEY, type ShellInfo } from '#shared/shell-info.ts'
import { bridge } from './transport.ts'

const shell: ShellInfo = { electron: process.versions.electron, platform: process.platform }

contextBridge.exposeInMainWorld(SHELL_INFO_KEY, shell)
contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge)
