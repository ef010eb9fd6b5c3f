import { create } from 'zustand'
import type { ConnectionState } from '#shared/contract/transport.ts'

/** Whether the engine can be reached. */
export const useConnection = create<{ readonly state: ConnectionState }>(() => ({ state: 'connected' }))
