/** State of the connection to the engine. */
export type ConnectionState = 'connected' | 'reconnecting' | 'closed'

/**
 * How the window reaches the engine; Electron's messages, loopback HTTP and a direct call each implement it. Messages are
 * plain data with typed arrays; both ends check them with the contract.
 */
export type Transport = {
  /** Answers with a `Result`; rejects only where the engine cannot be reached. */
  call(method: string, input: unknown): Promise<unknown>
  /** Hands on every event until the returned function is called. */
  subscribe(onEvent: (event: unknown) => void, onState?: (state: ConnectionState) => void): () => void
}
