import { ipcRenderer, webUtils } from 'electron'
import { CHANNELS, type Bridge } from '#shared/contract/bridge.ts'

/** The page's way to the main process: two channels in, one call out, and nothing else of Electron. */
export const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke(CHANNELS.call, method, input),
  subscribe: (onEvent) => listenTo(CHANNELS.event, onEvent),
  onCommand: (listener) => listenTo(CHANNELS.command, listener),
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
}

/** The listener gets the message alone: the event would hand it the sender. */
function listenTo(channel: string, listener: (message: unknown) => void): () => void {
  const onMessage = (_event: unknown, message: unknown): void => {
    listener(message)
  }
  ipcRenderer.on(channel, onMessage)
  return () => {
    ipcRenderer.off(channel, onMessage)
  }
}
