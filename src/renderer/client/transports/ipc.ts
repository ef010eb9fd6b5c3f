import type { Bridge } from '#shared/contract/bridge.ts'
import type { Transport } from '#shared/contract/transport.ts'

/** Reaches the engine in Electron's main process through the preload; it is there as long as the window is. */
export function createIpcTransport(bridge: Bridge): Transport {
  return {
    call: bridge.call,
    subscribe(onEvent, onState) {
      onState?.('connected')
      return bridge.subscribe(onEvent)
    },
  }
}
