import type { Transport } from '#shared/contract/transport.ts'
import { findBridge } from './bridge.ts'
import { createHttpTransport } from './http.ts'
import { createIpcTransport } from './ipc.ts'

/** The way to the engine of the host that this page runs in. */
export function findTransport(): Transport {
  const bridge = findBridge()
  return bridge === undefined ? createHttpTransport() : createIpcTransport(bridge)
}
