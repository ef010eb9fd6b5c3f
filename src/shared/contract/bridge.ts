/** What the preload gives the page in Electron's window; absent in a browser. */
export type Bridge = {
  /** Answers with a `Result`; rejects only where the engine cannot be reached. */
  call(method: string, input: unknown): Promise<unknown>
  /** Hands on every event until the returned function is called. */
  subscribe(onEvent: (event: unknown) => void): () => void
  /** Hands on what the menu asks, a `HostCommand`, until the returned function is called. */
  onCommand(listener: (command: unknown) => void): () => void
  /** Path of a file that was dropped on the window or chosen in it; empty where it has none on this machine. */
  pathOf(file: object): string
}

/** Name under which the page finds it on `window`. */
export const BRIDGE_KEY = 'millrace'

/** Names of the messages between page and main process. */
export const CHANNELS = { call: 'millrace:call', event: 'millrace:event', command: 'millrace:command' } as const
