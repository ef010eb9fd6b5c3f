import { BRIDGE_KEY, type Bridge } from '#shared/contract/bridge.ts'

/** What the preload of Electron's window offers; undefined in a browser. */
export function findBridge(page: object = window): Bridge | undefined {
  return Reflect.get(page, BRIDGE_KEY) as Bridge | undefined
}
